/** Flags and KubeProxyConfiguration, read once into one immutable record. */
@NullMarked
package io.argosy.kubeproxy.config;

import org.jspecify.annotations.NullMarked;
