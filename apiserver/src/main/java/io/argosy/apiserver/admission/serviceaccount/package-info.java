/** Gives each pod a ServiceAccount and a volume with its token. */
@NullMarked
package io.argosy.apiserver.admission.serviceaccount;

import org.jspecify.annotations.NullMarked;
