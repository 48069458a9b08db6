/** Names that are not the cluster's: asked of the resolvers of the node. */
@NullMarked
package io.argosy.dns.forward;

import org.jspecify.annotations.NullMarked;
