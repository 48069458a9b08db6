/** The rules that make packets go where Services say: a pure function of the image, and the difference of two of them. */
@NullMarked
package io.argosy.kubeproxy.program;

import org.jspecify.annotations.NullMarked;
