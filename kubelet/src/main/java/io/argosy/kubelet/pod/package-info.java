/** One state machine per pod: observe, decide, act. */
@NullMarked
package io.argosy.kubelet.pod;

import org.jspecify.annotations.NullMarked;
