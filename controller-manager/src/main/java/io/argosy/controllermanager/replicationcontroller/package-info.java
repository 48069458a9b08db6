/** Keeps the number of a ReplicationController's pods. */
@NullMarked
package io.argosy.controllermanager.replicationcontroller;

import org.jspecify.annotations.NullMarked;
