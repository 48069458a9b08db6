package io.argosy.apiserver.admission.webhook;

import io.argosy.apimodel.meta.GroupVersionKind;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.admission.AdmissionRequest;
import io.argosy.apiserver.admission.ObjectVersions;
import io.argosy.apiserver.admission.ObjectVersions.Form;
import io.argosy.apiserver.admission.Refusals;
import io.argosy.apiserver.admission.expression.Inputs;
import io.argosy.apiserver.admission.expression.MatchConditions.Verdict;
import io.argosy.apiserver.admission.matching.Criteria;
import io.argosy.apiserver.authz.Authorizer;
import io.argosy.apiserver.callout.CalloutException;
import io.argosy.apiserver.callout.WebhookCaller;
import io.argosy.apiserver.objects.ClusterObjects;
import io.argosy.apiserver.objects.Resources;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Finds out whether a webhook is to be asked about a request, and asks it. */
final class Dispatch {

    private final ClusterObjects objects;
    private final ObjectVersions versions;
    private final Authorizer authorizer;
    private final WebhookCaller caller;
    private final Supplier<UUID> ids;

    Dispatch(
            ClusterObjects objects,
            ObjectVersions versions,
            Authorizer authorizer,
            WebhookCaller caller,
            Supplier<UUID> ids) {
        this.objects = objects;
        this.versions = versions;
        this.authorizer = authorizer;
        this.caller = caller;
        this.ids = ids;
    }

    ObjectVersions versions() {
        return versions;
    }

    /** The request as the webhook wants to see it; empty when it does not. */
    Optional<Review.Subject> subject(Webhook webhook, AdmissionRequest request) {
        Optional<Form> form = webhook.criteria().match(request, versions, this::labels);
        if (form.isEmpty()) {
            return Optional.empty();
        }
        Review.Subject subject = new Review.Subject(
                request,
                form.get(),
                converted(request.object(), request, form.get()),
                converted(request.oldObject(), request, form.get()));
        if (!webhook.conditions().isEmpty()) {
            Map<String, Object> inputs = Inputs.of(
                    request, form.get(), subject.object(), subject.oldObject(), namespace(request), authorizer);
            switch (webhook.conditions().judge(inputs)) {
                case Verdict.Holds _ -> {}
                case Verdict.Excluded _ -> {
                    return Optional.empty();
                }
                case Verdict.Unclear(String why) -> {
                    if (webhook.ignoresFailures()) {
                        return Optional.empty();
                    }
                    throw Refusals.forbidden(request, why);
                }
            }
        }
        return Optional.of(subject);
    }

    private Optional<ObjectValue> converted(Optional<ObjectValue> object, AdmissionRequest request, Form form) {
        GroupVersionKind kind = form.kind();
        return kind.equals(request.kind())
                ? object
                : object.map(given -> versions.convert(given, request.kind(), kind));
    }

    private Optional<Map<String, String>> labels(String namespace) {
        return find(namespace).map(Criteria::labels);
    }

    private Optional<ObjectValue> namespace(AdmissionRequest request) {
        String name = Criteria.namespace(request);
        return name.isEmpty() ? Optional.empty() : find(name);
    }

    private Optional<ObjectValue> find(String namespace) {
        return objects.find(Resources.NAMESPACES, "", namespace)
                .or(() -> objects.findLatest(Resources.NAMESPACES, "", namespace));
    }

    /**
     * Asks the webhook.
     *
     * @throws ApiException when it may not be asked
     * @throws CalloutException when it could not be asked or understood: its failure policy says what then
     */
    Review.Answer ask(Webhook webhook, Review.Subject subject, boolean mutating) throws CalloutException {
        AdmissionRequest request = subject.request();
        if (request.dryRun() && !webhook.safeForDryRun()) {
            throw ApiException.badRequest("admission webhook \"" + webhook.name() + "\" does not support dry run");
        }
        String version = Review.version(webhook);
        String uid = ids.get().toString();
        byte[] answer;
        try {
            answer = caller.post(webhook.target(), Review.request(version, uid, subject), webhook.timeout());
        } catch (CalloutException e) {
            throw new CalloutException("failed to call webhook: " + e.message());
        }
        Review.Answer read = Review.answer(answer, version, uid, mutating, webhook.name());
        read.annotations().forEach((key, value) -> request.annotate().accept(webhook.name() + "/" + key, value));
        read.warnings().forEach(request.warn());
        return read;
    }

    /** What a client is told when a webhook that must agree could not be asked. */
    static ApiException failed(Webhook webhook, CalloutException e) {
        return ApiException.internal("failed calling webhook \"" + webhook.name() + "\": " + e.message());
    }
}
