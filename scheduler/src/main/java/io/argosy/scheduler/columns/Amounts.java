package io.argosy.scheduler.columns;

import io.argosy.apimodel.quantity.Quantity;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Arithmetic on amounts of resources by the numbers of {@link ResourceIds}. Arrays end at the last known amount. */
final class Amounts {

    static final long[] NONE = {};

    private Amounts() {}

    /** Reads a resource list; the number of pods and what is no quantity are left out. */
    static long[] of(@Nullable Map<String, io.fabric8.kubernetes.api.model.Quantity> list, ResourceIds ids) {
        if (list == null || list.isEmpty()) {
            return NONE;
        }
        long[] amounts = NONE;
        for (var entry : list.entrySet()) {
            if (entry.getKey().equals("pods")) {
                continue;
            }
            int id = ids.of(entry.getKey());
            amounts = atLeast(amounts, id + 1);
            amounts[id] = amount(entry.getValue(), id);
        }
        return amounts;
    }

    static long amount(io.fabric8.kubernetes.api.model.Quantity quantity, int id) {
        Optional<Quantity> read = Quantity.tryParse(quantity.toString());
        return id == ResourceIds.CPU
                ? read.map(Quantity::milliValue).orElse(0L)
                : read.map(Quantity::value).orElse(0L);
    }

    static long[] plus(long[] left, long[] right) {
        long[] sum = Arrays.copyOf(left, Math.max(left.length, right.length));
        for (int i = 0; i < right.length; i++) {
            sum[i] += right[i];
        }
        return sum;
    }

    static long[] max(long[] left, long[] right) {
        long[] most = Arrays.copyOf(left, Math.max(left.length, right.length));
        for (int i = 0; i < right.length; i++) {
            most[i] = Math.max(most[i], right[i]);
        }
        return most;
    }

    static long[] atLeast(long[] amounts, int length) {
        return amounts.length >= length ? amounts : Arrays.copyOf(amounts, length);
    }
}
