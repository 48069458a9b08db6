/** Carrying decisions to the API server: bindings, and reports of failures. */
@NullMarked
package io.argosy.scheduler.binding;

import org.jspecify.annotations.NullMarked;
