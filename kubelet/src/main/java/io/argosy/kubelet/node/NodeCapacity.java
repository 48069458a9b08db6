package io.argosy.kubelet.node;

import io.argosy.kubelet.config.KubeletConfig;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the node has, and what of it pods may use. Pure. */
public record NodeCapacity(Map<String, Quantity> capacity, Map<String, Quantity> allocatable) {

    public static NodeCapacity of(Machine machine, long diskBytes, KubeletConfig config) {
        Map<String, Quantity> capacity = new LinkedHashMap<>();
        capacity.put("cpu", new Quantity(Integer.toString(machine.cpus())));
        capacity.put("memory", new Quantity(machine.memoryBytes() / 1024 + "Ki"));
        capacity.put("ephemeral-storage", new Quantity(diskBytes / 1024 + "Ki"));
        machine.hugePages().forEach((name, bytes) -> capacity.put(name, new Quantity(Long.toString(bytes))));
        int pods = config.resources().maxPods();
        if (config.resources().podsPerCore() > 0) {
            pods = Math.min(pods, config.resources().podsPerCore() * machine.cpus());
        }
        capacity.put("pods", new Quantity(Integer.toString(pods)));
        Map<String, Quantity> allocatable = new LinkedHashMap<>();
        long hugePages =
                machine.hugePages().values().stream().mapToLong(Long::longValue).sum();
        capacity.forEach((name, amount) -> {
            BigDecimal left = amount.getNumericalAmount()
                    .subtract(reserved(config.resources().systemReserved(), name))
                    .subtract(reserved(config.resources().kubeReserved(), name))
                    .subtract(kept(config, name, amount.getNumericalAmount()));
            if (name.equals("memory")) {
                left = left.subtract(BigDecimal.valueOf(hugePages));
            }
            allocatable.put(name, quantity(name, left.max(BigDecimal.ZERO), amount));
        });
        return new NodeCapacity(capacity, allocatable);
    }

    private static BigDecimal reserved(Map<String, String> reserved, String name) {
        String text = reserved.get(name);
        return text == null ? BigDecimal.ZERO : new Quantity(text).getNumericalAmount();
    }

    /** The hard eviction threshold is never given away. */
    private static BigDecimal kept(KubeletConfig config, String name, BigDecimal capacity) {
        String signal = switch (name) {
            case "memory" -> "memory.available";
            case "ephemeral-storage" -> "nodefs.available";
            default -> "";
        };
        String threshold = config.eviction().hard().get(signal);
        if (threshold == null) {
            return BigDecimal.ZERO;
        }
        return threshold.endsWith("%")
                ? capacity.multiply(new BigDecimal(threshold.substring(0, threshold.length() - 1)))
                        .movePointLeft(2)
                : new Quantity(threshold).getNumericalAmount();
    }

    private static Quantity quantity(String name, BigDecimal amount, Quantity same) {
        if (amount.compareTo(same.getNumericalAmount()) == 0) {
            return same;
        }
        return switch (name) {
            case "memory" -> new Quantity(amount.toBigInteger().longValue() / 1024 + "Ki");
            case "cpu" -> {
                long milli = amount.movePointRight(3).longValue();
                yield new Quantity(milli % 1000 == 0 ? Long.toString(milli / 1000) : milli + "m");
            }
            default -> new Quantity(amount.toBigInteger().toString());
        };
    }
}
