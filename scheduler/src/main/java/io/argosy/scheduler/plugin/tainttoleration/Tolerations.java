package io.argosy.scheduler.plugin.tainttoleration;

import io.argosy.scheduler.columns.Selectors;
import io.argosy.scheduler.columns.Taint;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a pod tolerates. */
public final class Tolerations {

    private final List<Toleration> tolerations;

    private Tolerations(List<Toleration> tolerations) {
        this.tolerations = tolerations;
    }

    public static Tolerations of(Pod pod) {
        return new Tolerations(Selectors.orEmpty(pod.getSpec().getTolerations()));
    }

    /** Those that speak of taints that nodes are only avoided for. */
    Tolerations forAvoided() {
        return new Tolerations(tolerations.stream()
                .filter(toleration -> text(toleration.getEffect()).isEmpty()
                        || toleration.getEffect().equals("PreferNoSchedule"))
                .toList());
    }

    public boolean tolerate(Taint taint) {
        for (Toleration toleration : tolerations) {
            if (matches(toleration, taint)) {
                return true;
            }
        }
        return false;
    }

    /** Whether every taint that keeps pods away is tolerated. */
    public boolean allow(List<Taint> taints) {
        for (Taint taint : taints) {
            if (taint.forbids() && !tolerate(taint)) {
                return false;
            }
        }
        return true;
    }

    private static boolean matches(Toleration toleration, Taint taint) {
        String effect = text(toleration.getEffect());
        String key = text(toleration.getKey());
        if (!effect.isEmpty() && !effect.equals(taint.effect())) {
            return false;
        }
        if (!key.isEmpty() && !key.equals(taint.key())) {
            return false;
        }
        return switch (text(toleration.getOperator())) {
            case "", "Equal" -> text(toleration.getValue()).equals(taint.value());
            case "Exists" -> true;
            default -> false;
        };
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
