/** Deletes objects whose owners are gone, in the order that was asked for. */
@NullMarked
package io.argosy.controllermanager.garbage;

import org.jspecify.annotations.NullMarked;
