/** How long pods stay on nodes that are not ready or unreachable. */
@NullMarked
package io.argosy.apiserver.admission.tolerations;

import org.jspecify.annotations.NullMarked;
