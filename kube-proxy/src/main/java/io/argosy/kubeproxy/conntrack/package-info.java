/** Connections that must be forgotten when an endpoint goes. */
@NullMarked
package io.argosy.kubeproxy.conntrack;

import org.jspecify.annotations.NullMarked;
