/** Deletes Jobs some time after their end. */
@NullMarked
package io.argosy.controllermanager.ttlafterfinished;

import org.jspecify.annotations.NullMarked;
