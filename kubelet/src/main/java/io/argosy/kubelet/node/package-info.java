/** The node object: registration, status, lease and certificates. */
@NullMarked
package io.argosy.kubelet.node;

import org.jspecify.annotations.NullMarked;
