/** What may be changed or refused on the way into the store: plugins that mutate, then plugins that validate. */
@NullMarked
package io.argosy.apiserver.admission;

import org.jspecify.annotations.NullMarked;
