package io.argosy.apiserver.registry.generic;

import io.argosy.apimodel.meta.GroupVersionKind;
import io.argosy.apimodel.meta.GroupVersionResource;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.admission.AdmissionRequest;
import io.argosy.apiserver.admission.Operation;
import io.argosy.apiserver.authn.UserInfo;
import io.argosy.apiserver.request.RequestNotes;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What a write is asked for with.
 *
 * @param resource in the version of the request
 * @param kind of the objects that go in and out: of the resource, or of the subresource
 * @param options the options object of the request
 * @param shown makes what admission sees of an object of the stored version; may return the object itself
 */
public record WriteCall(
        GroupVersionResource resource,
        GroupVersionKind kind,
        String subresource,
        String namespace,
        String name,
        ObjectValue options,
        boolean dryRun,
        UserInfo user,
        RequestNotes notes,
        UnaryOperator<ObjectValue> shown) {

    /** The same for admission that sees another kind. */
    public WriteCall seenAs(GroupVersionKind other, UnaryOperator<ObjectValue> as) {
        return new WriteCall(resource, other, subresource, namespace, name, options, dryRun, user, notes, as);
    }

    public AdmissionRequest admission(Operation operation, Optional<ObjectValue> object, Optional<ObjectValue> old) {
        String named =
                name.isEmpty() ? object.map(tree -> Metadata.of(tree).name()).orElse("") : name;
        return new AdmissionRequest(
                operation,
                kind,
                resource,
                subresource,
                namespace,
                named,
                object,
                old,
                options,
                dryRun,
                user,
                notes::warn,
                notes::annotate);
    }

    /** The same for another object of the collection. */
    public WriteCall named(String otherNamespace, String otherName) {
        return new WriteCall(
                resource, kind, subresource, otherNamespace, otherName, options, dryRun, user, notes, shown);
    }
}
