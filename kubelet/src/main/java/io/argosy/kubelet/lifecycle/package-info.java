/** Changes seen in the runtime, turned into wake-ups of the pods they concern. */
@NullMarked
package io.argosy.kubelet.lifecycle;

import org.jspecify.annotations.NullMarked;
