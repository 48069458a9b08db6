/** Certificates and keys from files, and the TLS contexts made of them. */
@NullMarked
package io.argosy.daemon.tls;

import org.jspecify.annotations.NullMarked;
