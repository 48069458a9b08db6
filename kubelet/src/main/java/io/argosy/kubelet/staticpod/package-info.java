/** Pods that come from files, and their mirrors in the API. */
@NullMarked
package io.argosy.kubelet.staticpod;

import org.jspecify.annotations.NullMarked;
