/** Linux calls that Java has no name for. */
@NullMarked
package io.argosy.kubelet.host;

import org.jspecify.annotations.NullMarked;
