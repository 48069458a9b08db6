/** Expressions of admission: what they may name, and match conditions. */
@NullMarked
package io.argosy.apiserver.admission.expression;

import org.jspecify.annotations.NullMarked;
