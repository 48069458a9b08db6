/** What a RuntimeClass asks of the pods that use it. */
@NullMarked
package io.argosy.apiserver.admission.runtimeclass;

import org.jspecify.annotations.NullMarked;
