package io.argosy.controllermanager.namespace;

import io.argosy.client.request.ObjectJson;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceCondition;
import io.fabric8.kubernetes.api.model.NamespaceStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Tells in a namespace's status why it is not gone yet. */
final class NamespaceConditions {

    private NamespaceConditions() {}

    static NamespaceStatus of(Namespace namespace, List<String> discovery, Remaining remaining, Instant now) {
        NamespaceStatus status = ObjectJson.copy(namespace.getStatus());
        List<NamespaceCondition> conditions =
                new ArrayList<>(status.getConditions() == null ? List.of() : status.getConditions());
        put(
                conditions,
                now,
                "NamespaceDeletionDiscoveryFailure",
                discovery.isEmpty()
                        ? Optional.empty()
                        : Optional.of(Map.entry(
                                "DiscoveryFailed",
                                "Discovery failed for some groups, " + discovery.size() + " failing: "
                                        + String.join(", ", discovery))),
                "ResourcesDiscovered",
                "All resources successfully discovered");
        put(
                conditions,
                now,
                "NamespaceDeletionGroupVersionParsingFailure",
                Optional.empty(),
                "ParsedGroupVersions",
                "All legacy kube types successfully parsed");
        put(
                conditions,
                now,
                "NamespaceDeletionContentFailure",
                remaining.failures().isEmpty()
                        ? Optional.empty()
                        : Optional.of(Map.entry(
                                "ContentDeletionFailed",
                                "Failed to delete all resource types, "
                                        + remaining.failures().size() + " remaining: "
                                        + String.join(", ", remaining.failures()))),
                "ContentDeleted",
                "All content successfully deleted, may be waiting on finalization");
        put(
                conditions,
                now,
                "NamespaceContentRemaining",
                remaining.objects().isEmpty()
                        ? Optional.empty()
                        : Optional.of(Map.entry(
                                "SomeResourcesRemain",
                                "Some resources are remaining: "
                                        + list(remaining.objects(), " has ", " resource instances"))),
                "ContentRemoved",
                "All content successfully removed");
        put(
                conditions,
                now,
                "NamespaceFinalizersRemaining",
                remaining.finalizers().isEmpty()
                        ? Optional.empty()
                        : Optional.of(Map.entry(
                                "SomeFinalizersRemain",
                                "Some content in the namespace has finalizers remaining: "
                                        + list(remaining.finalizers(), " in ", " resource instances"))),
                "ContentHasNoFinalizers",
                "All content-preserving finalizers finished");
        status.setConditions(conditions);
        return status;
    }

    private static String list(Map<String, Integer> counts, String middle, String end) {
        return counts.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getKey() + middle + entry.getValue() + end)
                .collect(Collectors.joining(", "));
    }

    private static void put(
            List<NamespaceCondition> conditions,
            Instant now,
            String type,
            Optional<Map.Entry<String, String>> trouble,
            String fineReason,
            String fineMessage) {
        NamespaceCondition next = new NamespaceCondition();
        next.setType(type);
        next.setStatus(trouble.isPresent() ? "True" : "False");
        next.setReason(trouble.map(Map.Entry::getKey).orElse(fineReason));
        next.setMessage(trouble.map(Map.Entry::getValue).orElse(fineMessage));
        next.setLastTransitionTime(now.truncatedTo(ChronoUnit.SECONDS).toString());
        for (int i = 0; i < conditions.size(); i++) {
            NamespaceCondition was = conditions.get(i);
            if (was.getType().equals(type)) {
                if (was.getStatus().equals(next.getStatus())) {
                    next.setLastTransitionTime(was.getLastTransitionTime());
                }
                if (!Objects.equals(was, next)) {
                    conditions.set(i, next);
                }
                return;
            }
        }
        conditions.add(next);
    }
}
