/** Makes the claims of pods' ephemeral volumes. */
@NullMarked
package io.argosy.controllermanager.ephemeralvolume;

import org.jspecify.annotations.NullMarked;
