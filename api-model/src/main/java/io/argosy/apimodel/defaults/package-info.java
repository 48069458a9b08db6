/** Fills what a client left out of an object, as the API promises: by type as data says it, and by rule where it cannot. */
@NullMarked
package io.argosy.apimodel.defaults;

import org.jspecify.annotations.NullMarked;
