/** The one worker loop, and what every controller is given. */
@NullMarked
package io.argosy.controllermanager.loop;

import org.jspecify.annotations.NullMarked;
