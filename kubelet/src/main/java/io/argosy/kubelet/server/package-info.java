/** The kubelet's own HTTPS server. */
@NullMarked
package io.argosy.kubelet.server;

import org.jspecify.annotations.NullMarked;
