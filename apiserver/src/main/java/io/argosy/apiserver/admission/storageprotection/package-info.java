/** Volumes and claims that are in use are not deleted. */
@NullMarked
package io.argosy.apiserver.admission.storageprotection;

import org.jspecify.annotations.NullMarked;
