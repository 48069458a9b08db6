/** Keeps claims, volumes and volume attributes classes from going while they are used. */
@NullMarked
package io.argosy.controllermanager.storageprotection;

import org.jspecify.annotations.NullMarked;
