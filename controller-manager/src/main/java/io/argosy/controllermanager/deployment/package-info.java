/** Rolls ReplicaSets out for Deployments. */
@NullMarked
package io.argosy.controllermanager.deployment;

import org.jspecify.annotations.NullMarked;
