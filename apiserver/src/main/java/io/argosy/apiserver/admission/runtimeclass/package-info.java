/** The overhead and placement of pods, from their RuntimeClass. */
@NullMarked
package io.argosy.apiserver.admission.runtimeclass;

import org.jspecify.annotations.NullMarked;
