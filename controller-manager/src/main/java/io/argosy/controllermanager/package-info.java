/** kube-controller-manager: the control loops. */
@NullMarked
package io.argosy.controllermanager;

import org.jspecify.annotations.NullMarked;
