package io.argosy.apiserver.admission.policy;

import io.argosy.apiserver.admission.AdmissionPlugin;
import io.argosy.apiserver.admission.ObjectVersions;
import io.argosy.apiserver.authz.Authorizer;
import io.argosy.apiserver.objects.ClusterObjects;
import java.util.List;
import java.util.stream.Stream;

/** The two plugins and what they share. */
public final class AdmissionPolicies {

    private final ClusterObjects objects;
    private final MutatingPolicies mutating;
    private final ValidatingPolicies validating;

    public AdmissionPolicies(ClusterObjects objects, ObjectVersions versions, Authorizer authorizer) {
        this.objects = objects;
        Selection selection = new Selection(objects, versions, authorizer);
        this.mutating = new MutatingPolicies(selection);
        this.validating = new ValidatingPolicies(selection);
    }

    public AdmissionPlugin mutating() {
        return mutating;
    }

    public AdmissionPlugin validating() {
        return validating;
    }

    /** Begins to follow policies and bindings, once objects can be read. */
    public List<AutoCloseable> follow() {
        return Stream.concat(mutating.follow(objects).stream(), validating.follow(objects).stream())
                .toList();
    }
}
