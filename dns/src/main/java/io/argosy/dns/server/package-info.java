/** Questions by UDP and TCP, and how each is answered. */
@NullMarked
package io.argosy.dns.server;

import org.jspecify.annotations.NullMarked;
