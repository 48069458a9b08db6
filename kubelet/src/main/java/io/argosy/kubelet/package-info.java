/** The kubelet: makes a node's containers what the API says. Assembly of its parts, and its main. */
@NullMarked
package io.argosy.kubelet;

import org.jspecify.annotations.NullMarked;
