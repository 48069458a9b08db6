/** The HTTP edge of every daemon: HTTP/1.1 and HTTP/2 over TLS or cleartext, each request on a virtual thread. */
@NullMarked
package io.argosy.daemon.http;

import org.jspecify.annotations.NullMarked;
