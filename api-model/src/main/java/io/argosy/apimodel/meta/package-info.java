/** Names of things: groups, versions, kinds, resources and object keys. */
@NullMarked
package io.argosy.apimodel.meta;

import org.jspecify.annotations.NullMarked;
