/** An API server in memory, for tests of whatever talks to one. */
@NullMarked
package io.argosy.client.testing;

import org.jspecify.annotations.NullMarked;
