package io.argosy.controllermanager.statefulset;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.apimodel.status.ApiException;
import io.argosy.client.informer.Informer;
import io.argosy.client.request.DeleteOptions;
import io.argosy.client.request.ResourceType;
import io.argosy.controllermanager.loop.ControllerContext;
import io.argosy.controllermanager.ownership.Owners;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.Optional;
import java.util.function.Function;

/** Does what was planned. */
final class StatefulActions {

    private final ControllerContext context;
    private final Informer<PersistentVolumeClaim> claims;

    StatefulActions(ControllerContext context, Informer<PersistentVolumeClaim> claims) {
        this.context = context;
        this.claims = claims;
    }

    /** @param templates the template of a revision by its name */
    void act(StatefulSet set, StatefulAction action, Function<String, PodTemplateSpec> templates) {
        switch (action) {
            case StatefulAction.Create(int ordinal, String revision) -> {
                claim(set, ordinal);
                create(set, StatefulPods.of(set, templates.apply(revision), ordinal, revision));
            }
            case StatefulAction.Claims(int ordinal) -> claim(set, ordinal);
            case StatefulAction.Identify(Pod pod) ->
                context.client().resource(Pod.class).update(StatefulPods.identified(set, pod));
            case StatefulAction.Delete(Pod pod) -> delete(set, pod);
        }
    }

    private void claim(StatefulSet set, int ordinal) {
        for (PersistentVolumeClaim claim : StatefulPods.claims(set, ordinal)) {
            ObjectKey key = ResourceType.keyOf(claim);
            Optional<PersistentVolumeClaim> there = claims.get(key);
            if (there.isPresent()) {
                if (Owners.isDeleting(there.get())) {
                    throw ApiException.conflict(
                            ResourceType.of(PersistentVolumeClaim.class)
                                    .resource()
                                    .groupResource(),
                            key.name(),
                            "pvc " + key.name() + " is being deleted");
                }
                continue;
            }
            String what =
                    "create Claim " + key.name() + " Pod " + set.getMetadata().getName() + "-" + ordinal
                            + " in StatefulSet " + set.getMetadata().getName();
            try {
                context.client().resource(PersistentVolumeClaim.class).create(claim);
                context.events().normal(set, "SuccessfulCreate", what + " success");
            } catch (ApiException e) {
                if (!e.reason().equals("AlreadyExists")) {
                    context.events().warning(set, "FailedCreate", what + " failed error: " + e.message());
                    throw e;
                }
            }
        }
    }

    private void create(StatefulSet set, Pod pod) {
        String what = "create Pod " + pod.getMetadata().getName() + " in StatefulSet "
                + set.getMetadata().getName();
        try {
            context.client().resource(Pod.class).create(pod);
            context.events().normal(set, "SuccessfulCreate", what + " successful");
        } catch (ApiException e) {
            context.events().warning(set, "FailedCreate", what + " failed error: " + e.message());
            throw e;
        }
    }

    private void delete(StatefulSet set, Pod pod) {
        String what = "delete Pod " + pod.getMetadata().getName() + " in StatefulSet "
                + set.getMetadata().getName();
        try {
            context.client()
                    .resource(Pod.class)
                    .delete(
                            ResourceType.keyOf(pod),
                            DeleteOptions.ofUid(pod.getMetadata().getUid()));
            context.events().normal(set, "SuccessfulDelete", what + " successful");
        } catch (ApiException e) {
            if (!e.is(404) && !e.is(409)) {
                context.events().warning(set, "FailedDelete", what + " failed error: " + e.message());
                throw e;
            }
        }
    }
}
