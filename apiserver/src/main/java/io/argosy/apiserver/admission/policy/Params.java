package io.argosy.apiserver.admission.policy;

import io.argosy.apimodel.meta.GroupVersion;
import io.argosy.apimodel.meta.GroupVersionKind;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.admission.ObjectVersions;
import io.argosy.apiserver.admission.matching.Criteria;
import io.argosy.apiserver.objects.ClusterObjects;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the objects that tell a policy more. */
final class Params {

    private final ClusterObjects objects;
    private final ObjectVersions versions;

    Params(ClusterObjects objects, ObjectVersions versions) {
        this.objects = objects;
        this.versions = versions;
    }

    /** The params to follow the policy with, once with each: an empty one when it takes none. */
    List<Optional<ObjectValue>> collect(PolicyHead policy, Binding binding, String namespace)
            throws PolicyConfigurationException {
        if (policy.paramKind().isEmpty() || binding.params().isEmpty()) {
            return List.of(Optional.empty());
        }
        PolicyHead.ParamKind wanted = policy.paramKind().get();
        Binding.ParamRef reference = binding.params().get();
        GroupVersionKind kind = kind(wanted);
        ObjectVersions.Kept kept = versions.kept(kind)
                .orElseThrow(() -> new PolicyConfigurationException("paramKind kind `" + wanted + "` not known"));
        String place = place(kept, reference, namespace);
        List<Optional<ObjectValue>> found = new ArrayList<>();
        try {
            for (ObjectValue object : find(kept, reference, place)) {
                found.add(Optional.of(versions.convert(object, kept.storedKind(), kind)));
            }
        } catch (ApiException e) {
            throw new PolicyConfigurationException(e.message());
        }
        if (found.isEmpty() && reference.denyWithout()) {
            throw new PolicyConfigurationException(
                    "no params found for policy binding with `Deny` parameterNotFoundAction");
        }
        return found;
    }

    private static GroupVersionKind kind(PolicyHead.ParamKind wanted) throws PolicyConfigurationException {
        try {
            return GroupVersion.parse(wanted.apiVersion()).kind(wanted.kind());
        } catch (IllegalArgumentException e) {
            throw new PolicyConfigurationException("paramKind kind `" + wanted + "` not known");
        }
    }

    private static String place(ObjectVersions.Kept kept, Binding.ParamRef reference, String namespace)
            throws PolicyConfigurationException {
        if (!kept.namespaced()) {
            if (!reference.namespace().isEmpty()) {
                throw new PolicyConfigurationException(
                        "paramRef.namespace must not be provided for a cluster-scoped `paramKind`");
            }
            return "";
        }
        String place = reference.namespace().isEmpty() ? namespace : reference.namespace();
        if (place.isEmpty()) {
            throw new PolicyConfigurationException(
                    "cannot use namespaced paramRef in policy binding that matches cluster-scoped resources");
        }
        return place;
    }

    private List<ObjectValue> find(ObjectVersions.Kept kept, Binding.ParamRef reference, String place)
            throws PolicyConfigurationException {
        if (!reference.name().isEmpty()) {
            return objects.find(kept.resource(), place, reference.name()).stream()
                    .toList();
        }
        if (reference.selector().isEmpty()) {
            throw new PolicyConfigurationException("one of name or selector must be provided");
        }
        return objects.list(kept.resource(), place).stream()
                .filter(object -> reference.selector().get().matches(Criteria.labels(object)))
                .toList();
    }
}
