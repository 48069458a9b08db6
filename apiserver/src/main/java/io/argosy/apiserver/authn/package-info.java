/** Who asks: authenticators and the user they find. */
@NullMarked
package io.argosy.apiserver.authn;

import org.jspecify.annotations.NullMarked;
