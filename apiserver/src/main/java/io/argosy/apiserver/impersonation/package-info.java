/** Requests made in another user's name. */
@NullMarked
package io.argosy.apiserver.impersonation;

import org.jspecify.annotations.NullMarked;
