/** Admission by webhooks: MutatingAdmissionWebhook and ValidatingAdmissionWebhook. */
@NullMarked
package io.argosy.apiserver.admission.webhook;

import org.jspecify.annotations.NullMarked;
