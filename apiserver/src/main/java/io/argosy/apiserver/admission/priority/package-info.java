/** The priority of pods, from their PriorityClass. */
@NullMarked
package io.argosy.apiserver.admission.priority;

import org.jspecify.annotations.NullMarked;
