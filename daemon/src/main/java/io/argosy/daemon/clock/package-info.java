/** Time as something that is handed in: the system's, or a virtual one that tests and simulations move. */
@NullMarked
package io.argosy.daemon.clock;

import org.jspecify.annotations.NullMarked;
