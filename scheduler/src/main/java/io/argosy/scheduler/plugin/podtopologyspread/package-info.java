/** Pods spread over zones and nodes. */
@NullMarked
package io.argosy.scheduler.plugin.podtopologyspread;

import org.jspecify.annotations.NullMarked;
