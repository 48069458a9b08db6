/** Times and durations in the forms of the API. */
@NullMarked
package io.argosy.apimodel.time;

import org.jspecify.annotations.NullMarked;
