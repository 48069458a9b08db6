package io.argosy.apiserver.admission.matching;

import io.argosy.apimodel.meta.GroupResource;
import io.argosy.apimodel.meta.GroupVersionResource;
import io.argosy.apimodel.meta.LabelSelector;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.StringValue;
import io.argosy.apiserver.admission.AdmissionRequest;
import io.argosy.apiserver.admission.ObjectVersions;
import io.argosy.apiserver.admission.ObjectVersions.Form;
import io.argosy.apiserver.admission.Operation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a webhook or a policy wants to see.
 *
 * @param excluded rules of policies that take requests away again
 * @param allWithoutRules whether all resources are meant when there are no rules, as with bindings of policies
 * @param equivalent whether a rule for one version of a resource is for its other versions too
 */
public record Criteria(
        List<ResourceRule> rules,
        List<ResourceRule> excluded,
        boolean allWithoutRules,
        boolean equivalent,
        LabelSelector namespaces,
        LabelSelector objects) {

    private static final GroupResource NAMESPACES = new GroupResource("", "namespaces");

    public Criteria {
        rules = List.copyOf(rules);
        excluded = List.copyOf(excluded);
    }

    /** Reads a webhook. */
    public static Criteria of(ObjectValue webhook) {
        return of(webhook, "rules", false);
    }

    /** Reads the {@code matchConstraints} of a policy, or the {@code matchResources} of a binding. */
    public static Criteria ofPolicy(ObjectValue given) {
        return of(given, "resourceRules", true);
    }

    private static Criteria of(ObjectValue given, String rules, boolean allWithoutRules) {
        return new Criteria(
                rules(given, rules),
                rules(given, "excludeResourceRules"),
                allWithoutRules,
                !given.string("matchPolicy").orElse("").equals("Exact"),
                selector(given, "namespaceSelector"),
                selector(given, "objectSelector"));
    }

    private static List<ResourceRule> rules(ObjectValue given, String field) {
        return given.array(field).stream()
                .flatMap(ArrayValue::objects)
                .map(ResourceRule::of)
                .toList();
    }

    private static LabelSelector selector(ObjectValue given, String field) {
        return given.object(field).map(LabelSelector::of).orElse(LabelSelector.everything());
    }

    /**
     * The form in which the request is wanted; empty when it is not.
     *
     * @param labels of a namespace that is stored; empty when there is none of the name
     */
    public Optional<Form> match(
            AdmissionRequest request, ObjectVersions versions, Function<String, Optional<Map<String, String>>> labels) {
        Optional<ApiException> failed = Optional.empty();
        try {
            if (!namespaceMatches(request, labels)) {
                return Optional.empty();
            }
        } catch (ApiException e) {
            failed = Optional.of(e);
        }
        if (!objectMatches(request)) {
            return Optional.empty();
        }
        ResourceRule.Subject subject = subject(request);
        if (form(excluded, subject, request, versions).isPresent()) {
            return Optional.empty();
        }
        Optional<Form> form = rules.isEmpty() && allWithoutRules
                ? Optional.of(new Form(request.resource(), request.kind()))
                : form(rules, subject, request, versions);
        if (form.isPresent() && failed.isPresent()) {
            throw failed.get();
        }
        return form;
    }

    public static ResourceRule.Subject subject(AdmissionRequest request) {
        return new ResourceRule.Subject(
                request.operation(), request.resource(), request.subresource(), namespace(request), request.name());
    }

    /** As admission knows it: of a Namespace its own name. */
    public static String namespace(AdmissionRequest request) {
        return request.resource().groupResource().equals(NAMESPACES) ? request.name() : request.namespace();
    }

    private Optional<Form> form(
            List<ResourceRule> wanted,
            ResourceRule.Subject subject,
            AdmissionRequest request,
            ObjectVersions versions) {
        if (wanted.stream().anyMatch(rule -> rule.matches(subject))) {
            return Optional.of(new Form(request.resource(), request.kind()));
        }
        if (!equivalent || wanted.isEmpty()) {
            return Optional.empty();
        }
        List<Form> others = versions.equivalents(request.resource(), request.subresource());
        for (ResourceRule rule : wanted) {
            for (Form other : others) {
                GroupVersionResource resource = other.resource();
                if (!resource.equals(request.resource()) && rule.matches(subject.as(resource))) {
                    return Optional.of(other);
                }
            }
        }
        return Optional.empty();
    }

    private boolean namespaceMatches(AdmissionRequest request, Function<String, Optional<Map<String, String>>> labels) {
        String namespace = namespace(request);
        boolean isNamespace = request.resource().resource().equals("namespaces");
        if ((namespace.isEmpty() && !isNamespace) || namespaces.isEverything()) {
            return true;
        }
        boolean written = request.operation() == Operation.CREATE || request.operation() == Operation.UPDATE;
        if (isNamespace
                && request.subresource().isEmpty()
                && written
                && request.object().isPresent()) {
            return namespaces.matches(labels(request.object().get()));
        }
        return namespaces.matches(
                labels.apply(namespace).orElseThrow(() -> ApiException.notFound(NAMESPACES, namespace)));
    }

    private boolean objectMatches(AdmissionRequest request) {
        return objects.isEverything()
                || request.object()
                        .map(Criteria::labels)
                        .filter(objects::matches)
                        .isPresent()
                || request.oldObject()
                        .map(Criteria::labels)
                        .filter(objects::matches)
                        .isPresent();
    }

    /** The labels of an object. */
    public static Map<String, String> labels(ObjectValue object) {
        Map<String, String> labels = new HashMap<>();
        object.object("metadata", "labels")
                .ifPresent(given -> given.fields().forEach((key, value) -> {
                    if (value instanceof StringValue text) {
                        labels.put(key, text.value());
                    }
                }));
        return labels;
    }
}
