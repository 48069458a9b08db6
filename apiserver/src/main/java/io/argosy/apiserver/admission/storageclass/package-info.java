/** Claims without a class get the default one. */
@NullMarked
package io.argosy.apiserver.admission.storageclass;

import org.jspecify.annotations.NullMarked;
