/** What the API is told about a pod, computed from what was observed, and written there. */
@NullMarked
package io.argosy.kubelet.status;

import org.jspecify.annotations.NullMarked;
