/** Deletes pods that nobody will clean up otherwise. */
@NullMarked
package io.argosy.controllermanager.podgc;

import org.jspecify.annotations.NullMarked;
