/** Custom resources: their definitions become resources like the built-in ones. */
@NullMarked
package io.argosy.apiserver.crd;

import org.jspecify.annotations.NullMarked;
