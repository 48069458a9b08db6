package io.argosy.apiserver.admission.webhook;

import io.argosy.apimodel.codec.JsonWriter;
import io.argosy.apimodel.meta.GroupResource;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.admission.AdmissionPlugin;
import io.argosy.apiserver.admission.AdmissionRequest;
import io.argosy.apiserver.admission.Operation;
import io.argosy.apiserver.admission.Refusals;
import io.argosy.apiserver.admission.Reinvocations;
import io.argosy.apiserver.admission.matching.Exempt;
import io.argosy.apiserver.callout.CalloutException;
import io.argosy.apiserver.objects.ClusterObjects;
import io.argosy.apiserver.patch.JsonPatch;
import io.argosy.apiserver.patch.PatchException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the webhooks that are about a request one after the other; each sees what those before it made. */
final class MutatingWebhooks implements AdmissionPlugin {

    static final GroupResource RESOURCE =
            new GroupResource("admissionregistration.k8s.io", "mutatingwebhookconfigurations");

    private static final Logger LOG = LoggerFactory.getLogger(MutatingWebhooks.class);
    private static final String MUTATION = "mutation.webhook.admission.k8s.io/";
    private static final String PATCH = "patch.webhook.admission.k8s.io/";

    private final ConfiguredWebhooks webhooks = new ConfiguredWebhooks();
    private final Dispatch dispatch;

    MutatingWebhooks(Dispatch dispatch) {
        this.dispatch = dispatch;
    }

    AutoCloseable follow(ClusterObjects objects) {
        return webhooks.follow(objects, RESOURCE);
    }

    @Override
    public String name() {
        return "MutatingAdmissionWebhook";
    }

    @Override
    public boolean handles(Operation operation) {
        return true;
    }

    @Override
    public void mutate(AdmissionRequest request) {
        if (Exempt.is(request)) {
            return;
        }
        if (!webhooks.ready()) {
            throw Refusals.notReady(request);
        }
        List<Webhook> all = webhooks.all();
        if (all.isEmpty()) {
            return;
        }
        boolean second = request.rounds().isSecond();
        Reinvocations reinvocations = request.rounds().memory(name(), Reinvocations.class, Reinvocations::new);
        if (second) {
            reinvocations.arrive(request.object());
        }
        for (int i = 0; i < all.size(); i++) {
            Webhook webhook = all.get(i);
            Optional<Review.Subject> subject = dispatch.subject(webhook, request);
            if (subject.isEmpty() || (second && !reinvocations.isDue(webhook.id()))) {
                continue;
            }
            if (call(webhook, subject.get(), (second ? "round_1_index_" : "round_0_index_") + i)) {
                reinvocations.changed();
                request.rounds().wantSecond();
            }
            if (webhook.reinvoked()) {
                reinvocations.asked(webhook.id());
            }
        }
        reinvocations.leave(request.object());
    }

    /** Whether the object was changed. */
    private boolean call(Webhook webhook, Review.Subject subject, String place) {
        AdmissionRequest request = subject.request();
        boolean changed = false;
        try {
            Review.Answer answer = dispatch.ask(webhook, subject, true);
            if (answer.refusal().isPresent()) {
                throw answer.refusal().get();
            }
            if (!answer.patch().isEmpty()) {
                changed = apply(webhook, subject, answer.patch());
                request.annotate().accept(PATCH + place, patchNote(webhook, answer.patch()));
            }
            return changed;
        } catch (CalloutException e) {
            if (!webhook.ignoresFailures()) {
                LOG.warn("failed calling webhook, failing closed webhook={} error={}", webhook.name(), e.message());
                throw Dispatch.failed(webhook, e);
            }
            LOG.warn("failed calling webhook, failing open webhook={} error={}", webhook.name(), e.message());
            request.annotate().accept("failed-open." + MUTATION + place, webhook.name());
            return false;
        } finally {
            request.annotate().accept(MUTATION + place, mutationNote(webhook, changed));
        }
    }

    private boolean apply(Webhook webhook, Review.Subject subject, ArrayValue patch) {
        AdmissionRequest request = subject.request();
        if (subject.object().isEmpty() || request.object().isEmpty()) {
            throw ApiException.internal("admission webhook \"" + webhook.name()
                    + "\" attempted to modify the object, which is not supported for this operation");
        }
        ObjectValue before = subject.object().get();
        ObjectValue after;
        try {
            after = JsonPatch.apply(before, patch);
        } catch (PatchException e) {
            throw ApiException.internal(String.valueOf(e.getMessage()));
        }
        boolean changed = !after.equals(before);
        dispatch.versions().settle(after, subject.form().kind());
        ObjectValue result = subject.form().kind().equals(request.kind())
                ? after
                : dispatch.versions().convert(after, subject.form().kind(), request.kind());
        ObjectValue object = request.object().get();
        List.copyOf(object.names()).forEach(object::remove);
        result.fields().forEach(object::put);
        return changed;
    }

    private static String mutationNote(Webhook webhook, boolean mutated) {
        return text(new ObjectValue()
                .put("configuration", webhook.configuration())
                .put("webhook", webhook.name())
                .put("mutated", mutated));
    }

    private static String patchNote(Webhook webhook, ArrayValue patch) {
        return text(new ObjectValue()
                .put("configuration", webhook.configuration())
                .put("webhook", webhook.name())
                .put("patch", patch)
                .put("patchType", "JSONPatch"));
    }

    private static String text(ObjectValue note) {
        return new String(JsonWriter.write(note), StandardCharsets.UTF_8);
    }
}
