/** Forwarded answers kept as long as they say, within bounds. */
@NullMarked
package io.argosy.dns.cache;

import org.jspecify.annotations.NullMarked;
