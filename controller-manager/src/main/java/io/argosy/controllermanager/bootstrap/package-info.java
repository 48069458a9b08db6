/** Keeps what joining nodes trust, and clears away their tokens. */
@NullMarked
package io.argosy.controllermanager.bootstrap;

import org.jspecify.annotations.NullMarked;
