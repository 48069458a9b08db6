/** Bearer tokens: of ServiceAccounts, of bootstrap secrets, of a file; issued and verified. */
@NullMarked
package io.argosy.apiserver.authn.token;

import org.jspecify.annotations.NullMarked;
