package io.argosy.apiserver.admission.policy;

import io.argosy.apimodel.codec.JsonWriter;
import io.argosy.apimodel.meta.GroupResource;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.admission.AdmissionPlugin;
import io.argosy.apiserver.admission.AdmissionRequest;
import io.argosy.apiserver.admission.Operation;
import io.argosy.apiserver.admission.Refusals;
import io.argosy.apiserver.admission.matching.Exempt;
import io.argosy.apiserver.admission.policy.Selection.Choice;
import io.argosy.apiserver.objects.ClusterObjects;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Follows the ValidatingAdmissionPolicies that are about a request; the first refusal is told. */
final class ValidatingPolicies implements AdmissionPlugin {

    private static final String GROUP = "admissionregistration.k8s.io";
    private static final String FAILURE_NOTE = "validation.policy.admission.k8s.io/validation_failure";

    private final PolicyStore<ValidatingPolicy> policies = new PolicyStore<>(ValidatingPolicy::of);
    private final Selection selection;

    ValidatingPolicies(Selection selection) {
        this.selection = selection;
    }

    List<AutoCloseable> follow(ClusterObjects objects) {
        return policies.follow(
                objects,
                new GroupResource(GROUP, "validatingadmissionpolicies"),
                new GroupResource(GROUP, "validatingadmissionpolicybindings"));
    }

    @Override
    public String name() {
        return "ValidatingAdmissionPolicy";
    }

    @Override
    public boolean handles(Operation operation) {
        return true;
    }

    private record Refusal(String message, String reason) {}

    @Override
    public void validate(AdmissionRequest request) {
        if (Exempt.is(request)) {
            return;
        }
        if (!policies.ready()) {
            throw Refusals.notReady(request);
        }
        List<Refusal> refusals = new ArrayList<>();
        Map<String, Set<String>> annotations = new TreeMap<>();
        for (Choice<ValidatingPolicy> choice : selection.choose(request, policies.all(), ValidatingPolicy::head)) {
            PolicyHead head = choice.policy().head();
            switch (choice) {
                case Choice.Broken<ValidatingPolicy> broken -> {
                    if (!head.ignoresFailures()) {
                        refusals.add(new Refusal(
                                "ValidatingAdmissionPolicy '" + head.name() + "'"
                                        + broken.binding()
                                                .map(binding -> " with binding '" + binding.name() + "'")
                                                .orElse("")
                                        + " denied request: " + broken.why(),
                                ""));
                    }
                }
                case Choice.Follow<ValidatingPolicy> follow -> follow(request, follow, refusals, annotations);
            }
        }
        annotations.forEach((key, values) -> request.annotate().accept(key, String.join(", ", values)));
        if (!refusals.isEmpty()) {
            throw refused(request, refusals.getFirst());
        }
    }

    private void follow(
            AdmissionRequest request,
            Choice.Follow<ValidatingPolicy> follow,
            List<Refusal> refusals,
            Map<String, Set<String>> annotations) {
        String policy = follow.policy().head().name();
        Binding binding = follow.binding();
        ValidatingPolicy.Judgement judgement;
        try {
            judgement = follow.policy().judge(selection.inputs(request, follow.form(), follow.param()));
        } catch (ApiException e) {
            if (!follow.policy().head().ignoresFailures()) {
                refusals.add(new Refusal(
                        denied(
                                policy,
                                binding,
                                "failed to configure binding: failed to convert object version: " + e.message()),
                        ""));
            }
            return;
        }
        for (ValidatingPolicy.Failure failure : judgement.failures()) {
            for (String action : binding.actions()) {
                switch (action) {
                    case "Deny" ->
                        refusals.add(new Refusal(denied(policy, binding, failure.message()), failure.reason()));
                    case "Warn" ->
                        request.warn()
                                .accept("Validation failed for ValidatingAdmissionPolicy '" + policy
                                        + "' with binding '" + binding.name() + "': " + failure.message());
                    case "Audit" -> request.annotate().accept(FAILURE_NOTE, note(policy, binding, failure));
                    default -> {}
                }
            }
        }
        judgement.annotationErrors().forEach(why -> refusals.add(new Refusal(denied(policy, binding, why), "")));
        judgement
                .annotations()
                .forEach((key, value) -> annotations
                        .computeIfAbsent(policy + "/" + key, _ -> new LinkedHashSet<>())
                        .add(value));
    }

    private static String denied(String policy, Binding binding, String why) {
        return "ValidatingAdmissionPolicy '" + policy + "' with binding '" + binding.name() + "' denied request: "
                + why;
    }

    private static String note(String policy, Binding binding, ValidatingPolicy.Failure failure) {
        ObjectValue note = new ObjectValue()
                .put("message", failure.message())
                .put("policy", policy)
                .put("binding", binding.name())
                .put("expressionIndex", failure.index())
                .put("validationActions", ArrayValue.ofStrings(binding.actions()));
        return new String(JsonWriter.write(ArrayValue.of(note)), StandardCharsets.UTF_8);
    }

    private static ApiException refused(AdmissionRequest request, Refusal refusal) {
        ApiException plain = Refusals.forbidden(request, refusal.message());
        String reason = refusal.reason().isEmpty() ? "Invalid" : refusal.reason();
        int code = switch (reason) {
            case "Forbidden" -> 403;
            case "Unauthorized" -> 401;
            case "RequestEntityTooLarge" -> 413;
            default -> 422;
        };
        return new ApiException(code, reason, plain.message(), caused(plain.details(), refusal.message()));
    }

    static ApiException.Details caused(ApiException.Details details, String message) {
        return new ApiException.Details(
                details.name(),
                details.group(),
                details.kind(),
                details.uid(),
                List.of(new ApiException.Cause("", message, "")),
                details.retryAfterSeconds());
    }
}
