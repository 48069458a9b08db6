/** Holds the whole project to its layers and its tidiness. */
@NullMarked
package io.argosy.deploy.layering;

import org.jspecify.annotations.NullMarked;
