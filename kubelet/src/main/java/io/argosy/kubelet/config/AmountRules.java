package io.argosy.kubelet.config;

import io.argosy.daemon.config.ConfigObject;
import io.argosy.daemon.config.Problems;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The maps of amounts in a KubeletConfiguration: what is reserved, and below what pods would be evicted. */
final class AmountRules {

    private static final Set<String> RESOURCES = Set.of("cpu", "memory", "ephemeral-storage", "pid");
    private static final Set<String> SIGNALS = Set.of(
            "memory.available",
            "nodefs.available",
            "nodefs.inodesFree",
            "imagefs.available",
            "imagefs.inodesFree",
            "containerfs.available",
            "containerfs.inodesFree",
            "allocatableMemory.available",
            "pid.available");

    private final ConfigObject root;
    private final Problems problems;

    AmountRules(ConfigObject root, Problems problems) {
        this.root = root;
        this.problems = problems;
    }

    void check() {
        for (String field : List.of("systemReserved", "kubeReserved")) {
            texts(field).forEach((name, text) -> {
                problems.require(RESOURCES.contains(name), field + ": cannot reserve \"" + name + "\" resource");
                Optional<BigDecimal> amount = amount(text);
                problems.require(amount.isPresent(), field + "." + name + ": \"" + text + "\" is no quantity");
                problems.require(
                        amount.orElse(BigDecimal.ZERO).signum() >= 0,
                        field + ": resource quantity for \"" + name + "\" cannot be negative: " + text);
            });
        }
        texts("evictionHard").forEach(this::threshold);
    }

    /** In YAML {@code cpu: 1} is a number, and is refused as upstream refuses it. */
    private Map<String, String> texts(String field) {
        if (root.raw(field).orElse(Map.of()) instanceof Map<?, ?> map) {
            map.forEach((name, value) -> problems.require(
                    value instanceof String, "field \"" + field + "." + name + "\" is not a string: " + value));
        }
        return root.stringMap(field).orElse(Map.of());
    }

    private void threshold(String signal, String text) {
        problems.require(SIGNALS.contains(signal), "unsupported eviction signal " + signal + " in evictionHard");
        boolean share = text.endsWith("%");
        Optional<BigDecimal> amount = amount(share ? text.substring(0, text.length() - 1) : text);
        boolean fits = amount.isPresent()
                && (share
                        ? amount.get().signum() >= 0 && amount.get().compareTo(BigDecimal.valueOf(100)) <= 0
                        : amount.get().signum() > 0);
        problems.require(
                fits, "eviction threshold " + signal + " must be positive, and at most 100% of what there is: " + text);
    }

    private static Optional<BigDecimal> amount(String text) {
        try {
            return Optional.of(new Quantity(text).getNumericalAmount());
        } catch (IllegalArgumentException | ArithmeticException e) {
            return Optional.empty();
        }
    }
}
