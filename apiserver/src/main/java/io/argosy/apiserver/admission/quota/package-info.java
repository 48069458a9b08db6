/** Bounds of a namespace's ResourceQuotas. */
@NullMarked
package io.argosy.apiserver.admission.quota;

import org.jspecify.annotations.NullMarked;
