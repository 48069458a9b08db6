/** What the build calls to lay out the distribution. */
@NullMarked
package io.argosy.deploy.packaging;

import org.jspecify.annotations.NullMarked;
