package io.argosy.controllermanager.namespace;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.apimodel.status.ApiException;
import io.argosy.client.informer.Informer;
import io.argosy.client.request.Discovery;
import io.argosy.client.request.ObjectJson;
import io.argosy.controllermanager.loop.ControllerContext;
import io.argosy.controllermanager.loop.Outcome;
import io.argosy.controllermanager.loop.Reconciler;
import io.argosy.controllermanager.ownership.Owners;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes one namespace that is being deleted a step further. */
final class NamespaceReconciler implements Reconciler<ObjectKey> {

    private static final String FINALIZER = "kubernetes";

    private final ControllerContext context;
    private final Informer<Namespace> namespaces;
    private final Duration resync;

    NamespaceReconciler(ControllerContext context, Informer<Namespace> namespaces, Duration resync) {
        this.context = context;
        this.namespaces = namespaces;
        this.resync = resync;
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        Optional<Namespace> found = namespaces.get(key);
        if (found.isEmpty() || !Owners.isDeleting(found.get())) {
            return Outcome.DONE;
        }
        Namespace namespace = found.get();
        if (!finalizers(namespace).contains(FINALIZER)) {
            return Outcome.DONE;
        }
        namespace = terminating(namespace);
        Discovery.Result discovered = Discovery.of(context.client());
        Remaining remaining = new Emptying(context.client(), key.name()).step(discovered);
        NamespaceStatus status = NamespaceConditions.of(
                namespace, discovered.failures(), remaining, context.clock().instant());
        if (!status.equals(namespace.getStatus())) {
            Namespace next = ObjectJson.copy(namespace);
            next.setStatus(status);
            namespace = context.client().resource(Namespace.class).updateStatus(next);
        }
        if (remaining.isEmpty() && discovered.failures().isEmpty()) {
            finish(namespace);
            return Outcome.DONE;
        }
        return remaining
                .estimate()
                .map(Outcome::later)
                .orElseGet(() -> remaining.failures().isEmpty()
                        ? Outcome.later(resync.compareTo(Duration.ofSeconds(5)) < 0 ? resync : Duration.ofSeconds(5))
                        : Outcome.retry(remaining.failures().toString()));
    }

    private static List<String> finalizers(Namespace namespace) {
        return namespace.getSpec() == null || namespace.getSpec().getFinalizers() == null
                ? List.of()
                : namespace.getSpec().getFinalizers();
    }

    private Namespace terminating(Namespace namespace) {
        if (namespace.getStatus() != null
                && "Terminating".equals(namespace.getStatus().getPhase())) {
            return namespace;
        }
        Namespace next = ObjectJson.copy(namespace);
        NamespaceStatus status = next.getStatus() == null ? new NamespaceStatus() : next.getStatus();
        status.setPhase("Terminating");
        next.setStatus(status);
        return context.client().resource(Namespace.class).updateStatus(next);
    }

    private void finish(Namespace namespace) {
        Namespace next = ObjectJson.copy(namespace);
        List<String> left = new ArrayList<>(finalizers(namespace));
        left.remove(FINALIZER);
        next.getSpec().setFinalizers(left);
        try {
            context.client().resource(Namespace.class).update(next, "finalize");
        } catch (ApiException e) {
            if (!e.is(404)) {
                throw e;
            }
        }
    }
}
