/** Admission by policies in CEL: MutatingAdmissionPolicy and ValidatingAdmissionPolicy with their bindings. */
@NullMarked
package io.argosy.apiserver.admission.policy;

import org.jspecify.annotations.NullMarked;
