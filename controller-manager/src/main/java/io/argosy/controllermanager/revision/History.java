package io.argosy.controllermanager.revision;

import io.argosy.apimodel.meta.LabelSelector;
import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.apimodel.status.ApiException;
import io.argosy.client.informer.Informer;
import io.argosy.client.request.DeleteOptions;
import io.argosy.client.request.ObjectJson;
import io.argosy.client.request.ResourceClient;
import io.argosy.client.request.ResourceType;
import io.argosy.controllermanager.loop.ControllerContext;
import io.argosy.controllermanager.ownership.Claimer;
import io.argosy.controllermanager.ownership.Owners;
import io.argosy.controllermanager.ownership.Selectors;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.ControllerRevisionBuilder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The revisions of the owners of one kind. */
public final class History<O extends HasMetadata> {

    private static final Comparator<ControllerRevision> BY_AGE = Comparator.comparing(ControllerRevision::getRevision)
            .thenComparing(revision -> String.valueOf(revision.getMetadata().getCreationTimestamp()))
            .thenComparing(revision -> revision.getMetadata().getName());

    private final ControllerContext context;
    private final Informer<ControllerRevision> revisions;
    private final Class<O> owners;
    private final String hashLabel;

    /**
     * What an owner has.
     *
     * @param current that of the present template
     * @param old the others, oldest first
     * @param collisions how often a name was taken by another template
     */
    public record Known(ControllerRevision current, List<ControllerRevision> old, int collisions) {
        public Known {
            old = List.copyOf(old);
        }
    }

    /** @param hashLabel the label of revisions that has the hash of their template */
    public History(
            ControllerContext context, Informer<ControllerRevision> revisions, Class<O> owners, String hashLabel) {
        this.context = context;
        this.revisions = revisions;
        this.owners = owners;
        this.hashLabel = hashLabel;
    }

    /** Finds the revision of the template or makes it, as the newest. */
    public Known of(O owner, PodTemplateSpec template, LabelSelector selector, int collisions) {
        List<ControllerRevision> owned = new ArrayList<>(Claimer.claim(
                context.client().resource(owners),
                context.client().resource(ControllerRevision.class),
                owner,
                selector,
                revisions.list(owner.getMetadata().getNamespace())));
        owned.sort(BY_AGE);
        List<ControllerRevision> same = owned.stream()
                .filter(revision -> Templates.holds(revision, template))
                .toList();
        if (same.isEmpty()) {
            long next = owned.isEmpty() ? 1 : owned.getLast().getRevision() + 1;
            return create(owner, template, next, owned, collisions);
        }
        ControllerRevision current = same.getLast();
        owned.remove(current);
        long newest = owned.isEmpty() ? 0 : owned.getLast().getRevision();
        if (current.getRevision() <= newest) {
            ControllerRevision renewed = ObjectJson.copy(current);
            renewed.setRevision(newest + 1);
            current = context.client().resource(ControllerRevision.class).update(renewed);
        }
        return new Known(current, owned, collisions);
    }

    private Known create(O owner, PodTemplateSpec template, long number, List<ControllerRevision> old, int collisions) {
        ResourceClient<ControllerRevision> client = context.client().resource(ControllerRevision.class);
        int met = collisions;
        while (true) {
            ControllerRevision made = make(owner, template, number, met);
            try {
                return new Known(client.create(made), old, met);
            } catch (ApiException e) {
                if (!e.reason().equals("AlreadyExists")) {
                    throw e;
                }
                ObjectKey key = ResourceType.keyOf(made);
                ControllerRevision there = client.get(key);
                if (Owners.isControlledBy(there, owner) && Templates.holds(there, template)) {
                    return new Known(there, old, met);
                }
                met++;
            }
        }
    }

    private ControllerRevision make(O owner, PodTemplateSpec template, long number, int collisions) {
        String hash = ShortHash.of(ObjectJson.writeString(template) + "#" + collisions);
        Map<String, String> labels = new LinkedHashMap<>();
        if (template.getMetadata() != null && template.getMetadata().getLabels() != null) {
            labels.putAll(template.getMetadata().getLabels());
        }
        labels.put(hashLabel, hash);
        String name = owner.getMetadata().getName();
        return new ControllerRevisionBuilder()
                .withNewMetadata()
                .withNamespace(owner.getMetadata().getNamespace())
                .withName((name.length() > 223 ? name.substring(0, 223) : name) + "-" + hash)
                .withLabels(labels)
                .withAnnotations(new LinkedHashMap<>(Selectors.annotations(owner)))
                .withOwnerReferences(Owners.controller(owner))
                .endMetadata()
                .withData(Templates.data(template))
                .withRevision(number)
                .build();
    }

    /**
     * Deletes the oldest beyond a limit.
     *
     * @param live names, or hashes, that pods still have
     */
    public void trim(Known known, int limit, Set<String> live) {
        List<ControllerRevision> dead = known.old().stream()
                .filter(revision -> !live.contains(revision.getMetadata().getName())
                        && !live.contains(Selectors.labels(revision).getOrDefault(hashLabel, "")))
                .toList();
        for (ControllerRevision revision : dead.subList(0, Math.max(0, dead.size() - limit))) {
            try {
                context.client()
                        .resource(ControllerRevision.class)
                        .delete(
                                ResourceType.keyOf(revision),
                                DeleteOptions.ofUid(revision.getMetadata().getUid()));
            } catch (ApiException e) {
                if (!e.is(404)) {
                    throw e;
                }
            }
        }
    }
}
