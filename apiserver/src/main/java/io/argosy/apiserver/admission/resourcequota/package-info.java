/** Keeps what the objects of a namespace use within its ResourceQuotas. */
@NullMarked
package io.argosy.apiserver.admission.resourcequota;

import org.jspecify.annotations.NullMarked;
