/** What a container is told: environment, command, mounts, security, resources, as CRI wants it. */
@NullMarked
package io.argosy.kubelet.container;

import org.jspecify.annotations.NullMarked;
