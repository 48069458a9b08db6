/** The extension points between a scheduling cycle and its plugins. */
@NullMarked
package io.argosy.scheduler.framework;

import org.jspecify.annotations.NullMarked;
