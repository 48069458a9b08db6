/** What a cluster has from the start: written when absent, and kept as it should be. */
@NullMarked
package io.argosy.apiserver.bootstrap;

import org.jspecify.annotations.NullMarked;
