/** Bytes to and from an apiserver: one multiplexed HTTP/2 connection, TLS, credentials, retries. */
@NullMarked
package io.argosy.client.transport;

import org.jspecify.annotations.NullMarked;
