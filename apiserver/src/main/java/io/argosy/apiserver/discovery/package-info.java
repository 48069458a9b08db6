/** What the server serves, told to clients: pure functions from definitions to documents. */
@NullMarked
package io.argosy.apiserver.discovery;

import org.jspecify.annotations.NullMarked;
