/** What a type looks like: fields, lists, maps and scalars, with their protobuf numbers, defaults and merge rules. */
@NullMarked
package io.argosy.apimodel.schema;

import org.jspecify.annotations.NullMarked;
