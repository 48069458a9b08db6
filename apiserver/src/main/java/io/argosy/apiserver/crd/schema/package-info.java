/** Schemas of custom resources: read from their definitions, and what they do to objects. Pure. */
@NullMarked
package io.argosy.apiserver.crd.schema;

import org.jspecify.annotations.NullMarked;
