/** Control groups: names, hierarchies of version 1 and 2, limits and figures. */
@NullMarked
package io.argosy.kubelet.cgroup;

import org.jspecify.annotations.NullMarked;
