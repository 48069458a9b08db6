/** Errors as the API tells them: one exception, its field errors, and the metav1.Status they become. */
@NullMarked
package io.argosy.apimodel.status;

import org.jspecify.annotations.NullMarked;
