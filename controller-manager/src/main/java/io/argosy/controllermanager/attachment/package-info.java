/** Has drivers attach volumes to the nodes of the pods that use them, and detach them when nothing does any more. */
@NullMarked
package io.argosy.controllermanager.attachment;

import org.jspecify.annotations.NullMarked;
