/** Typed calls to an apiserver: read, write, patch, apply, watch. */
@NullMarked
package io.argosy.client.request;

import org.jspecify.annotations.NullMarked;
