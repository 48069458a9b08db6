/** The kube-scheduler: puts pods on nodes. */
@NullMarked
package io.argosy.scheduler;

import org.jspecify.annotations.NullMarked;
