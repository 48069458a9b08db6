package io.argosy.apiserver.admission.policy;

import io.argosy.apimodel.meta.GroupVersionKind;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.admission.AdmissionRequest;
import io.argosy.apiserver.admission.ObjectVersions;
import io.argosy.apiserver.admission.ObjectVersions.Form;
import io.argosy.apiserver.admission.expression.Inputs;
import io.argosy.apiserver.admission.matching.Criteria;
import io.argosy.apiserver.authz.Authorizer;
import io.argosy.apiserver.cel.TreeValues;
import io.argosy.apiserver.objects.ClusterObjects;
import io.argosy.apiserver.objects.Resources;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Finds which policies are about a request, by which bindings and with which params. */
final class Selection {

    private final ClusterObjects objects;
    private final ObjectVersions versions;
    private final Authorizer authorizer;
    private final Params params;

    Selection(ClusterObjects objects, ObjectVersions versions, Authorizer authorizer) {
        this.objects = objects;
        this.versions = versions;
        this.authorizer = authorizer;
        this.params = new Params(objects, versions);
    }

    ObjectVersions versions() {
        return versions;
    }

    /** What came of looking at a policy and a binding. */
    sealed interface Choice<P> {

        P policy();

        /** The policy is to be followed. */
        record Follow<P>(P policy, Binding binding, Form form, Optional<ObjectValue> param) implements Choice<P> {}

        /** @param binding empty when it is the policy that is wrong */
        record Broken<P>(P policy, Optional<Binding> binding, String why) implements Choice<P> {}
    }

    <P> List<Choice<P>> choose(
            AdmissionRequest request, List<PolicyStore.Bound<P>> policies, Function<P, PolicyHead> head) {
        List<Choice<P>> choices = new ArrayList<>();
        for (PolicyStore.Bound<P> bound : policies) {
            PolicyHead about = head.apply(bound.policy());
            try {
                Optional<Form> form = about.criteria().match(request, versions, this::labels);
                if (form.isPresent()) {
                    bound.bindings()
                            .forEach(binding -> choose(request, bound.policy(), about, binding, form.get(), choices));
                }
            } catch (ApiException e) {
                choices.add(new Choice.Broken<>(
                        bound.policy(), Optional.empty(), "failed to configure policy: " + e.message()));
            }
        }
        return choices;
    }

    private <P> void choose(
            AdmissionRequest request, P policy, PolicyHead head, Binding binding, Form form, List<Choice<P>> choices) {
        try {
            boolean wanted = binding.criteria().isEmpty()
                    || binding.criteria()
                            .get()
                            .match(request, versions, this::labels)
                            .isPresent();
            if (wanted) {
                for (Optional<ObjectValue> param : params.collect(head, binding, Criteria.namespace(request))) {
                    choices.add(new Choice.Follow<>(policy, binding, form, param));
                }
            }
        } catch (ApiException e) {
            choices.add(
                    new Choice.Broken<>(policy, Optional.of(binding), "failed to configure binding: " + e.message()));
        } catch (PolicyConfigurationException e) {
            choices.add(
                    new Choice.Broken<>(policy, Optional.of(binding), "failed to configure binding: " + e.message()));
        }
    }

    private Optional<Map<String, String>> labels(String namespace) {
        return namespaceObject(namespace).map(Criteria::labels);
    }

    private Optional<ObjectValue> namespaceObject(String name) {
        return objects.find(Resources.NAMESPACES, "", name)
                .or(() -> objects.findLatest(Resources.NAMESPACES, "", name));
    }

    /** What expressions see of a request, in the form that the policy wants. */
    Map<String, Object> inputs(AdmissionRequest request, Form form, Optional<ObjectValue> param) {
        Optional<ObjectValue> namespace =
                request.namespace().isEmpty() || request.kind().kind().equals("Namespace")
                        ? Optional.empty()
                        : namespaceObject(request.namespace());
        Map<String, Object> inputs = Inputs.of(
                request,
                form,
                converted(request.object(), request, form),
                converted(request.oldObject(), request, form),
                namespace,
                authorizer);
        inputs.put("params", TreeValues.of(param));
        return inputs;
    }

    Optional<ObjectValue> converted(Optional<ObjectValue> object, AdmissionRequest request, Form form) {
        GroupVersionKind kind = form.kind();
        return kind.equals(request.kind())
                ? object
                : object.map(given -> versions.convert(given, request.kind(), kind));
    }
}
