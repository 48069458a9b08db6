package io.argosy.controllermanager.deployment;

import io.argosy.client.request.ObjectJson;
import io.argosy.controllermanager.ownership.Selectors;
import io.argosy.controllermanager.revision.ShortHash;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Which ReplicaSet is of which revision, and the annotations that say so. */
final class Revisions {

    static final String REVISION = "deployment.kubernetes.io/revision";
    static final String HISTORY = "deployment.kubernetes.io/revision-history";
    static final String DESIRED = "deployment.kubernetes.io/desired-replicas";
    static final String MAXIMUM = "deployment.kubernetes.io/max-replicas";
    static final String HASH = "pod-template-hash";

    private static final Set<String> NOT_COPIED = Set.of(
            "kubectl.kubernetes.io/last-applied-configuration",
            REVISION,
            HISTORY,
            DESIRED,
            MAXIMUM,
            "deprecated.deployment.rollback.to");

    static final Comparator<ReplicaSet> BY_AGE = Comparator.comparing(
                    (ReplicaSet set) -> set.getMetadata().getCreationTimestamp())
            .thenComparing(set -> set.getMetadata().getName());

    private Revisions() {}

    static long of(HasMetadata object) {
        try {
            return Long.parseLong(Selectors.annotations(object).getOrDefault(REVISION, "0"));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    static OptionalInt desired(ReplicaSet set) {
        return number(set, DESIRED);
    }

    static OptionalInt maximum(ReplicaSet set) {
        return number(set, MAXIMUM);
    }

    private static OptionalInt number(ReplicaSet set, String annotation) {
        String text = Selectors.annotations(set).get(annotation);
        try {
            return text == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(text));
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }

    /** The oldest set with the deployment's template. */
    static Optional<ReplicaSet> current(Deployment deployment, List<ReplicaSet> sets) {
        PodTemplateSpec wanted = bare(deployment.getSpec().getTemplate());
        return sets.stream()
                .sorted(BY_AGE)
                .filter(set -> bare(set.getSpec().getTemplate()).equals(wanted))
                .findFirst();
    }

    /** The template without the label that the controller adds. */
    private static PodTemplateSpec bare(PodTemplateSpec template) {
        PodTemplateSpec copy = ObjectJson.copy(template);
        if (copy.getMetadata() != null && copy.getMetadata().getLabels() != null) {
            copy.getMetadata().getLabels().remove(HASH);
        }
        return copy;
    }

    /** A short name for a template, different for each collision that was met. */
    static String hash(PodTemplateSpec template, int collisions) {
        return ShortHash.of(ObjectJson.writeString(template) + "#" + collisions);
    }

    /** The annotations that the set of the deployment's template should have. */
    static Map<String, String> annotations(Deployment deployment, Map<String, String> before, long revision) {
        Map<String, String> annotations = new LinkedHashMap<>(before);
        Selectors.annotations(deployment).forEach((name, value) -> {
            if (!NOT_COPIED.contains(name)) {
                annotations.put(name, value);
            }
        });
        String old = before.get(REVISION);
        if (old == null || parse(old) < revision) {
            annotations.put(REVISION, Long.toString(revision));
            if (old != null && !old.isEmpty()) {
                List<String> history =
                        new ArrayList<>(List.of(before.getOrDefault(HISTORY, "").split(",")));
                history.removeIf(String::isEmpty);
                history.add(old);
                annotations.put(HISTORY, String.join(",", history));
            }
        }
        return annotations;
    }

    private static long parse(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** The annotations that tell what a set was scaled for. */
    static void scaledFor(Map<String, String> annotations, Deployment deployment) {
        int wanted = RolloutMath.wanted(deployment);
        annotations.put(DESIRED, Integer.toString(wanted));
        annotations.put(MAXIMUM, Integer.toString(wanted + RolloutMath.maxSurge(deployment)));
    }
}
