package io.argosy.controllermanager.replicaset;

import io.argosy.apimodel.status.ApiException;
import io.argosy.controllermanager.loop.ControllerContext;
import io.argosy.controllermanager.loop.Fanout;
import io.argosy.controllermanager.ownership.LiveOwner;
import io.argosy.controllermanager.pod.PodDeletion;
import io.argosy.controllermanager.pod.PodFactory;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.util.List;
import java.util.Optional;

/** Makes and deletes the pods of an owner of replicas, and tells each in an event of the owner. */
public final class ReplicaPods<O extends HasMetadata> {

    private final ControllerContext context;
    private final Class<O> type;

    public ReplicaPods(ControllerContext context, Class<O> type) {
        this.context = context;
        this.type = type;
    }

    /** Carries out a plan; an owner that has been deleted in the meantime gets no pods. Returns what failed. */
    public Optional<RuntimeException> act(O owner, PodTemplateSpec template, ReplicaSetPlan plan)
            throws InterruptedException {
        try {
            switch (plan) {
                case ReplicaSetPlan.Nothing() -> {}
                case ReplicaSetPlan.Create(int count) -> {
                    if (LiveOwner.isAlive(context.client().resource(type), owner)) {
                        Fanout.slowStart(count, () -> create(owner, template));
                    }
                }
                case ReplicaSetPlan.Delete(List<Pod> doomed) ->
                    Fanout.all(doomed.stream()
                            .map(pod -> (Runnable) () -> PodDeletion.delete(context, owner, pod, 404))
                            .toList());
            }
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of(e);
        }
    }

    private void create(O owner, PodTemplateSpec template) {
        try {
            Pod made = context.client().resource(Pod.class).create(PodFactory.fromTemplate(template, owner));
            context.events()
                    .normal(
                            owner,
                            "SuccessfulCreate",
                            "Created pod: " + made.getMetadata().getName());
        } catch (ApiException e) {
            if (isEndingNamespace(e)) {
                return;
            }
            context.events().warning(owner, "FailedCreate", "Error creating: " + e.message());
            throw e;
        }
    }

    /** A namespace that goes away takes no new pods, and needs none. */
    private static boolean isEndingNamespace(ApiException e) {
        return e.details().causes().stream().anyMatch(cause -> cause.reason().equals("NamespaceTerminating"));
    }
}
