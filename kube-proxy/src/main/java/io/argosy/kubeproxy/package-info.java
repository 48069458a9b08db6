/** kube-proxy: makes a node's packets go where Services say. */
@NullMarked
package io.argosy.kubeproxy;

import org.jspecify.annotations.NullMarked;
