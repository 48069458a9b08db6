/** Claims grow only where their class lets them. */
@NullMarked
package io.argosy.apiserver.admission.pvcresize;

import org.jspecify.annotations.NullMarked;
