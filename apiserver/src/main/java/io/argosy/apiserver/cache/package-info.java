/** Objects in memory as immutable images of bytes, one cache per resource, all fed by one watch of the store. */
@NullMarked
package io.argosy.apiserver.cache;

import org.jspecify.annotations.NullMarked;
