/** Role-based access control: rules, the compiled policy, escalation checks and what a new cluster starts with. */
@NullMarked
package io.argosy.apiserver.authz.rbac;

import org.jspecify.annotations.NullMarked;
