/** Tells who has to make volumes larger. */
@NullMarked
package io.argosy.controllermanager.volumeexpansion;

import org.jspecify.annotations.NullMarked;
