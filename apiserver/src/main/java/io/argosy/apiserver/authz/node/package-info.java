/** What kubelets may read: what the pods on their node refer to, and nothing else. */
@NullMarked
package io.argosy.apiserver.authz.node;

import org.jspecify.annotations.NullMarked;
