/** Binds claims to volumes, asks provisioners for volumes, and reclaims those whose claim is gone. */
@NullMarked
package io.argosy.controllermanager.persistentvolume;

import org.jspecify.annotations.NullMarked;
