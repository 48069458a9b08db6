/** The daemons of a node: what runs, with which flags, who keeps it running. */
@NullMarked
package io.argosy.deploy.node;

import org.jspecify.annotations.NullMarked;
