package io.argosy.apiserver.registry.generic;

import io.argosy.apiserver.registry.WriteHook.Reservation;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Ends what was reserved for a write as the write ended: kept when it was stored, given back otherwise. */
final class Settlement {

    private Settlement() {}

    static <T> T of(Reservation reservation, Predicate<T> stored, Supplier<T> write) {
        boolean keep = false;
        try {
            T result = write.get();
            keep = stored.test(result);
            return result;
        } finally {
            if (keep) {
                reservation.commit();
            } else {
                reservation.release();
            }
        }
    }
}
