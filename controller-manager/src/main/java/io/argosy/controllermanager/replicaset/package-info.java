/** Keeps the number of a ReplicaSet's pods. */
@NullMarked
package io.argosy.controllermanager.replicaset;

import org.jspecify.annotations.NullMarked;
