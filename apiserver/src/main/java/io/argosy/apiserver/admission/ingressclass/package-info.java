/** Ingresses without a class get the default one. */
@NullMarked
package io.argosy.apiserver.admission.ingressclass;

import org.jspecify.annotations.NullMarked;
