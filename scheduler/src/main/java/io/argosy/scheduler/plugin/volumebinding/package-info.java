/** Claims of pods and the volumes for them. */
@NullMarked
package io.argosy.scheduler.plugin.volumebinding;

import org.jspecify.annotations.NullMarked;
