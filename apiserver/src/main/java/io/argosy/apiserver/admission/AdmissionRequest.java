package io.argosy.apiserver.admission;

import io.argosy.apimodel.meta.GroupVersionKind;
import io.argosy.apimodel.meta.GroupVersionResource;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.authn.UserInfo;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * One write on its way through admission.
 *
 * @param kind of {@link #object}: of a Scale, an Eviction, a Binding where the subresource takes one
 * @param name empty for a create with generateName
 * @param object what is to be stored, mutable for mutating plugins only; empty for deletes. For CONNECT the options
 * @param oldObject what is stored now, for updates and deletes; never to be changed
 * @param options the CreateOptions, UpdateOptions, PatchOptions or DeleteOptions of the request
 * @param warn tells the client a warning
 * @param annotate adds an annotation to the audit event
 * @param rounds of its mutation
 */
public record AdmissionRequest(
        Operation operation,
        GroupVersionKind kind,
        GroupVersionResource resource,
        String subresource,
        String namespace,
        String name,
        Optional<ObjectValue> object,
        Optional<ObjectValue> oldObject,
        ObjectValue options,
        boolean dryRun,
        UserInfo user,
        Consumer<String> warn,
        BiConsumer<String, String> annotate,
        Rounds rounds) {

    /** At its first round. */
    public AdmissionRequest(
            Operation operation,
            GroupVersionKind kind,
            GroupVersionResource resource,
            String subresource,
            String namespace,
            String name,
            Optional<ObjectValue> object,
            Optional<ObjectValue> oldObject,
            ObjectValue options,
            boolean dryRun,
            UserInfo user,
            Consumer<String> warn,
            BiConsumer<String, String> annotate) {
        this(
                operation,
                kind,
                resource,
                subresource,
                namespace,
                name,
                object,
                oldObject,
                options,
                dryRun,
                user,
                warn,
                annotate,
                new Rounds());
    }

    /** Whether this is a request for one of a resource's subresources or the resource itself ({@code ""}). */
    public boolean isFor(String group, String resourceName, String subresourceName) {
        return resource.group().equals(group)
                && resource.resource().equals(resourceName)
                && subresource.equals(subresourceName);
    }
}
