package io.argosy.controllermanager.garbage;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.apimodel.status.ApiException;
import io.argosy.client.request.DeleteOptions;
import io.argosy.client.request.Patch;
import io.argosy.client.request.ResourceClient;
import io.argosy.client.request.ResourceType;
import io.argosy.controllermanager.loop.ControllerContext;
import io.argosy.controllermanager.loop.Outcome;
import io.argosy.controllermanager.ownership.Owners;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at one object, by what the server says of it and of its owners now, never by the graph alone. */
final class GarbageReconciler {

    private static final Logger LOG = LoggerFactory.getLogger(GarbageReconciler.class);

    private final ControllerContext context;
    private final Graph graph;
    private final Kinds kinds;
    private final Consumer<String> lookAt;

    GarbageReconciler(ControllerContext context, Graph graph, Kinds kinds, Consumer<String> lookAt) {
        this.context = context;
        this.graph = graph;
        this.kinds = kinds;
        this.lookAt = lookAt;
    }

    /** Deletes the object if nobody owns it any more. */
    Outcome collect(String uid) {
        Optional<Graph.View> found = graph.view(uid);
        if (found.isEmpty()) {
            return Outcome.DONE;
        }
        Graph.View view = found.get();
        if (view.deleting() && !view.deletingDependents()) {
            return Outcome.DONE;
        }
        Identity identity = view.identity();
        Optional<ResourceType<GenericKubernetesResource>> type = kinds.resource(identity.apiVersion(), identity.kind());
        if (type.isEmpty()) {
            return Outcome.retry("kind is not served: " + identity.apiVersion() + " " + identity.kind());
        }
        Optional<GenericKubernetesResource> live = live(type.get(), identity);
        if (live.isEmpty()) {
            graph.remove(uid);
            return Outcome.DONE;
        }
        if (view.virtual()) {
            // It exists; its own watch will tell.
            return Outcome.retry("not seen by its watch yet");
        }
        if (view.deletingDependents()) {
            return deleteDependentsOf(view, live.get(), type.get());
        }
        return judge(view, live.get(), type.get());
    }

    private Optional<GenericKubernetesResource> live(ResourceType<GenericKubernetesResource> type, Identity identity) {
        ObjectKey key = new ObjectKey(type.namespaced() ? identity.namespace() : "", identity.name());
        if (type.namespaced() && identity.namespace().isEmpty()) {
            return Optional.empty();
        }
        return context.client()
                .resource(type)
                .find(key)
                .filter(object -> object.getMetadata().getUid().equals(identity.uid()));
    }

    private Outcome deleteDependentsOf(
            Graph.View view, GenericKubernetesResource object, ResourceType<GenericKubernetesResource> type) {
        List<Graph.Dependent> blocking =
                view.dependents().stream().filter(Graph.Dependent::blocks).toList();
        if (blocking.isEmpty()) {
            removeFinalizer(object, type, Graph.FOREGROUND);
            return Outcome.DONE;
        }
        blocking.stream()
                .filter(dependent -> !dependent.deletingDependents())
                .forEach(dependent -> lookAt.accept(dependent.identity().uid()));
        return Outcome.DONE;
    }

    private Outcome judge(
            Graph.View view, GenericKubernetesResource object, ResourceType<GenericKubernetesResource> type) {
        List<Verdict.Looked> owners = new ArrayList<>();
        for (OwnerReference reference : references(object)) {
            Optional<Verdict.OwnerState> state = lookUp(object, reference);
            if (state.isEmpty()) {
                return Outcome.retry("owner cannot be resolved: " + reference.getKind() + " " + reference.getName());
            }
            owners.add(new Verdict.Looked(reference, state.get()));
        }
        boolean cycle = view.dependents().stream().anyMatch(Graph.Dependent::deletingDependents);
        Verdict verdict =
                Verdict.of(owners, finalizers(object), !view.dependents().isEmpty(), cycle);
        switch (verdict) {
            case Verdict.Keep() -> LOG.trace("kept object={}", view.identity());
            case Verdict.DropOwners(List<String> uids) -> dropOwners(object, type, uids);
            case Verdict.Delete(String propagation, boolean unblock) -> {
                GenericKubernetesResource current = unblock ? unblockOwners(object, type) : object;
                delete(current, type, propagation);
            }
        }
        return Outcome.DONE;
    }

    private static List<OwnerReference> references(GenericKubernetesResource object) {
        List<OwnerReference> owners = object.getMetadata().getOwnerReferences();
        return owners == null ? List.of() : owners;
    }

    private static List<String> finalizers(GenericKubernetesResource object) {
        List<String> finalizers = object.getMetadata().getFinalizers();
        return finalizers == null ? List.of() : finalizers;
    }

    /** Empty when the owner's kind is not served, or the reference crosses namespaces in a way that cannot be judged. */
    private Optional<Verdict.OwnerState> lookUp(GenericKubernetesResource object, OwnerReference reference) {
        if (graph.isAbsent(reference.getUid())) {
            return Optional.of(Verdict.OwnerState.DANGLING);
        }
        Optional<ResourceType<GenericKubernetesResource>> type =
                kinds.resource(reference.getApiVersion(), reference.getKind());
        String namespace = ResourceType.keyOf(object).namespace();
        if (type.isEmpty()) {
            return Optional.empty();
        }
        if (type.get().namespaced() && namespace.isEmpty()) {
            context.events()
                    .warning(
                            object,
                            "OwnerRefInvalidNamespace",
                            "ownerRef " + reference.getKind() + " " + reference.getName()
                                    + " is namespaced, but the object is not");
            return Optional.empty();
        }
        Optional<GenericKubernetesResource> owner = context.client()
                .resource(type.get())
                .find(new ObjectKey(type.get().namespaced() ? namespace : "", reference.getName()));
        if (owner.isEmpty() || !owner.get().getMetadata().getUid().equals(reference.getUid())) {
            return Optional.of(Verdict.OwnerState.DANGLING);
        }
        boolean waits =
                Owners.isDeleting(owner.get()) && finalizers(owner.get()).contains(Graph.FOREGROUND);
        return Optional.of(waits ? Verdict.OwnerState.WAITING_FOR_DEPENDENTS : Verdict.OwnerState.SOLID);
    }

    /** Frees the dependents of an object, then lets it go. */
    Outcome orphan(String uid) {
        Optional<Graph.View> found = graph.view(uid);
        if (found.isEmpty()) {
            return Outcome.DONE;
        }
        Identity identity = found.get().identity();
        Optional<ResourceType<GenericKubernetesResource>> type = kinds.resource(identity.apiVersion(), identity.kind());
        if (type.isEmpty()) {
            return Outcome.retry("kind is not served: " + identity.kind());
        }
        for (Graph.Dependent dependent : found.get().dependents()) {
            Identity free = dependent.identity();
            Optional<ResourceType<GenericKubernetesResource>> itsType = kinds.resource(free.apiVersion(), free.kind());
            if (itsType.isEmpty()) {
                return Outcome.retry("kind is not served: " + free.kind());
            }
            live(itsType.get(), free).ifPresent(object -> dropOwners(object, itsType.get(), List.of(uid)));
        }
        live(type.get(), identity).ifPresent(owner -> removeFinalizer(owner, type.get(), Graph.ORPHAN));
        return Outcome.DONE;
    }

    private void dropOwners(
            GenericKubernetesResource object, ResourceType<GenericKubernetesResource> type, List<String> uids) {
        List<OwnerReference> left = references(object).stream()
                .filter(reference -> !uids.contains(reference.getUid()))
                .toList();
        patch(object, type, "ownerReferences", left);
    }

    private GenericKubernetesResource unblockOwners(
            GenericKubernetesResource object, ResourceType<GenericKubernetesResource> type) {
        List<Map<String, Object>> references = new ArrayList<>();
        for (OwnerReference reference : references(object)) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("apiVersion", reference.getApiVersion());
            entry.put("kind", reference.getKind());
            entry.put("name", reference.getName());
            entry.put("uid", reference.getUid());
            entry.put("controller", Boolean.TRUE.equals(reference.getController()));
            entry.put("blockOwnerDeletion", false);
            references.add(entry);
        }
        return patch(object, type, "ownerReferences", references).orElse(object);
    }

    private void removeFinalizer(
            GenericKubernetesResource object, ResourceType<GenericKubernetesResource> type, String finalizer) {
        if (finalizers(object).contains(finalizer)) {
            List<String> left = finalizers(object).stream()
                    .filter(each -> !each.equals(finalizer))
                    .toList();
            patch(object, type, "finalizers", left);
        }
    }

    private Optional<GenericKubernetesResource> patch(
            GenericKubernetesResource object,
            ResourceType<GenericKubernetesResource> type,
            String field,
            List<?> value) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("uid", object.getMetadata().getUid());
        metadata.put("resourceVersion", object.getMetadata().getResourceVersion());
        metadata.put(field, value);
        try {
            return Optional.of(context.client()
                    .resource(type)
                    .patch(ResourceType.keyOf(object), Patch.merge(Map.of("metadata", metadata))));
        } catch (ApiException e) {
            if (e.is(404)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private void delete(
            GenericKubernetesResource object, ResourceType<GenericKubernetesResource> type, String propagation) {
        ResourceClient<GenericKubernetesResource> resource = context.client().resource(type);
        try {
            resource.delete(
                    ResourceType.keyOf(object),
                    DeleteOptions.ofUid(object.getMetadata().getUid())
                            .withResourceVersion(object.getMetadata().getResourceVersion())
                            .withPropagation(propagation));
            LOG.info(
                    "deleted resource={} key={} propagation={}",
                    type.resource().groupResource(),
                    ResourceType.keyOf(object),
                    propagation);
        } catch (ApiException e) {
            if (!e.is(404)) {
                throw e;
            }
        }
    }
}
