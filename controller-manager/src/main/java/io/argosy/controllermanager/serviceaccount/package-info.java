/** Default ServiceAccounts, their tokens, and the root certificate in every namespace. */
@NullMarked
package io.argosy.controllermanager.serviceaccount;

import org.jspecify.annotations.NullMarked;
