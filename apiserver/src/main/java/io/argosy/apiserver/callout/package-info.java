/** Calls of webhooks: where they are, TLS, connections that are used again, and the words for what went wrong. */
@NullMarked
package io.argosy.apiserver.callout;

import org.jspecify.annotations.NullMarked;
