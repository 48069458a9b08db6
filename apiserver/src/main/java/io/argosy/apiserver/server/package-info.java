/** The API server put together: one method that names the stages of a request, and the executable. */
@NullMarked
package io.argosy.apiserver.server;

import org.jspecify.annotations.NullMarked;
