/** Whether nodes are alive, what taints say so, which pods must leave them, and which addresses their pods get. */
@NullMarked
package io.argosy.controllermanager.node;

import org.jspecify.annotations.NullMarked;
