/** Who may approve and sign certificate requests, and which subjects none may ask for. */
@NullMarked
package io.argosy.apiserver.admission.certificates;

import org.jspecify.annotations.NullMarked;
