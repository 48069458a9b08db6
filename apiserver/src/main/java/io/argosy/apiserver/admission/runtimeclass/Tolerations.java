package io.argosy.apiserver.admission.runtimeclass;

import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.ArrayList;
import java.util.List;

/** Tolerations put together, without those that others make needless. Pure. */
final class Tolerations {

    private Tolerations() {}

    static ArrayValue merge(List<ObjectValue> first, List<ObjectValue> second) {
        List<ObjectValue> all = new ArrayList<>(first);
        all.addAll(second);
        List<ObjectValue> merged = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            ObjectValue one = all.get(i);
            boolean needless = merged.stream().anyMatch(kept -> covers(kept, one))
                    || all.subList(i + 1, all.size()).stream()
                            .anyMatch(later -> !later.equals(one) && covers(later, one));
            if (!needless) {
                merged.add(one);
            }
        }
        return new ArrayValue(merged.stream().map(ObjectValue::copy).toList());
    }

    /** Whether whatever {@code narrow} tolerates, {@code wide} tolerates too. */
    private static boolean covers(ObjectValue wide, ObjectValue narrow) {
        if (wide.equals(narrow)) {
            return true;
        }
        boolean exists = text(wide, "operator").equals("Exists");
        boolean everyKey = exists && text(wide, "key").isEmpty();
        if (!everyKey && !text(wide, "key").equals(text(narrow, "key"))) {
            return false;
        }
        String effect = text(wide, "effect");
        if (!effect.isEmpty() && !effect.equals(text(narrow, "effect"))) {
            return false;
        }
        if (effect.equals("NoExecute") && wide.integer("tolerationSeconds").isPresent()) {
            long seconds = narrow.integer("tolerationSeconds").orElse(Long.MAX_VALUE);
            if (seconds > wide.integer("tolerationSeconds").get()) {
                return false;
            }
        }
        return switch (text(wide, "operator")) {
            case "Exists" -> true;
            case "Equal", "" ->
                text(narrow, "operator").equals("Equal")
                        && text(narrow, "value").equals(text(wide, "value"));
            default -> false;
        };
    }

    private static String text(ObjectValue toleration, String field) {
        return toleration.string(field).orElse("");
    }
}
