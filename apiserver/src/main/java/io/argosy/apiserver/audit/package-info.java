/** The audit log: which requests are written down, and the events that say what became of them. */
@NullMarked
package io.argosy.apiserver.audit;

import org.jspecify.annotations.NullMarked;
