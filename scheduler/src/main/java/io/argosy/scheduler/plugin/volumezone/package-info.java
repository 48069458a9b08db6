/** Volumes that live in a zone. */
@NullMarked
package io.argosy.scheduler.plugin.volumezone;

import org.jspecify.annotations.NullMarked;
