/**
 * Connections that go on behind this server: logs, exec, attach and port-forward at a kubelet, and whatever a proxied
 * pod, Service or node serves. Bytes are relayed, not looked at.
 */
@NullMarked
package io.argosy.apiserver.stream;

import org.jspecify.annotations.NullMarked;
