/** Log lines on standard error in klog's text form or as JSON. */
@NullMarked
package io.argosy.daemon.logging;

import org.jspecify.annotations.NullMarked;
