/** Nodes write only their own objects, and only what kubelets need. */
@NullMarked
package io.argosy.apiserver.admission.noderestriction;

import org.jspecify.annotations.NullMarked;
