/** What most kinds share: who may write spec and status, and when the generation grows. */
@NullMarked
package io.argosy.apiserver.registry.lifecycle;

import org.jspecify.annotations.NullMarked;
