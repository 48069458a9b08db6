/** What the kernel tells and takes in files. */
@NullMarked
package io.argosy.daemon.kernel;

import org.jspecify.annotations.NullMarked;
