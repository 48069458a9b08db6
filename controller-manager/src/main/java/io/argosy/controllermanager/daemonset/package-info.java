/** Runs a pod of a DaemonSet on every node that takes it. */
@NullMarked
package io.argosy.controllermanager.daemonset;

import org.jspecify.annotations.NullMarked;
