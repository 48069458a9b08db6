/** The Pod Security Standards, by namespace label. */
@NullMarked
package io.argosy.apiserver.admission.podsecurity;

import org.jspecify.annotations.NullMarked;
