package io.argosy.apiserver.server;

import io.argosy.apimodel.meta.GroupResource;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.registry.Creator;
import io.argosy.apiserver.registry.generic.ResourceRegistry;
import io.argosy.apiserver.registry.generic.WriteCall;
import io.argosy.apiserver.registry.pod.Evictions;
import io.argosy.apiserver.request.DeleteOptions;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Deletes pods for evictions as a DELETE request would. */
final class PodDeletion implements Evictions.Deletion {

    private static final GroupResource PODS = new GroupResource("", "pods");

    private final Supplier<ServedResources> resources;

    PodDeletion(Supplier<ServedResources> resources) {
        this.resources = resources;
    }

    @Override
    public void delete(Creator.Call call, String namespace, String name, ObjectValue options) {
        ResourceRegistry pods = resources.get().registry(PODS).orElseThrow();
        DeleteOptions how = DeleteOptions.of(options);
        boolean dryRun = call.dryRun() || how.dryRun();
        pods.delete(
                new WriteCall(
                        call.request().target().groupVersionResource(),
                        pods.definition().storageKind(),
                        "",
                        namespace,
                        name,
                        how.toObject(),
                        dryRun,
                        call.request().user(),
                        call.request().notes(),
                        UnaryOperator.identity()),
                how);
    }
}
