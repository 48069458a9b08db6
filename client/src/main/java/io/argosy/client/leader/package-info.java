/** Leader election by a Lease. */
@NullMarked
package io.argosy.client.leader;

import org.jspecify.annotations.NullMarked;
