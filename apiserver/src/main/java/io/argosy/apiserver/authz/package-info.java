/** Who may do what: authorizers over the attributes of a request. */
@NullMarked
package io.argosy.apiserver.authz;

import org.jspecify.annotations.NullMarked;
