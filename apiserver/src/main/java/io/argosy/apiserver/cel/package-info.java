/** Expressions in CEL: compiled with Kubernetes' libraries, evaluated on trees within a budget. */
@NullMarked
package io.argosy.apiserver.cel;

import org.jspecify.annotations.NullMarked;
