/** Nobody grants more than they hold: always on, whatever plugins are chosen. */
@NullMarked
package io.argosy.apiserver.admission.escalation;

import org.jspecify.annotations.NullMarked;
