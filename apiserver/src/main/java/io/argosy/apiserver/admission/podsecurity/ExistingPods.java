package io.argosy.apiserver.admission.podsecurity;

import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/** Warns of the pods in a namespace that a new standard would not let in. */
final class ExistingPods {

    /** How many pods are looked at when a namespace changes. */
    static final int MOST = 3000;

    private ExistingPods() {}

    /**
     * @param pods of the namespace that are not exempt
     * @param late asked after each pod: then the others are left out
     */
    static List<String> warnings(
            String namespace, Standard standard, List<ObjectValue> pods, int most, BooleanSupplier late) {
        List<ObjectValue> ordered = differentFirst(pods);
        Map<String, TreeSet<String>> names = new TreeMap<>();
        int checked = 0;
        while (checked < Math.min(most, ordered.size())) {
            ObjectValue pod = ordered.get(checked++);
            List<Violation> found = Standards.violations(standard, PodView.of(pod));
            if (!found.isEmpty()) {
                names.computeIfAbsent(Violation.reasons(found), _ -> new TreeSet<>())
                        .add(pod.string("metadata", "name").orElse(""));
            }
            if (late.getAsBoolean()) {
                break;
            }
        }
        List<String> warnings = new ArrayList<>();
        if (checked < ordered.size()) {
            warnings.add("new PodSecurity enforce level only checked against the first " + checked + " of "
                    + ordered.size() + " existing pods");
        }
        if (!names.isEmpty()) {
            warnings.add("existing pods in namespace \"" + namespace + "\" violate the new PodSecurity enforce level \""
                    + standard + "\"");
        }
        TreeSet<String> lines = new TreeSet<>();
        names.forEach(
                (reasons, violators) -> lines.add(violators.first() + others(violators.size() - 1) + ": " + reasons));
        warnings.addAll(lines);
        return warnings;
    }

    private static String others(int number) {
        return switch (number) {
            case 0 -> "";
            case 1 -> " (and 1 other pod)";
            default -> " (and " + number + " other pods)";
        };
    }

    /** One pod of each controller first: the others are probably like it. */
    private static List<ObjectValue> differentFirst(List<ObjectValue> pods) {
        Set<String> controllers = new HashSet<>();
        List<ObjectValue> first = new ArrayList<>();
        List<ObjectValue> others = new ArrayList<>();
        for (ObjectValue pod : pods) {
            Optional<String> controller = pod.array("metadata", "ownerReferences").stream()
                    .flatMap(ArrayValue::objects)
                    .filter(owner -> owner.isTrue("controller"))
                    .findFirst()
                    .flatMap(owner -> owner.string("uid"));
            (controller.isEmpty() || controllers.add(controller.get()) ? first : others).add(pod);
        }
        first.addAll(others);
        return first;
    }
}
