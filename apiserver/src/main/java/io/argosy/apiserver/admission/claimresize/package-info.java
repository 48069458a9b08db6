/** Which PersistentVolumeClaims may grow. */
@NullMarked
package io.argosy.apiserver.admission.claimresize;

import org.jspecify.annotations.NullMarked;
