package io.argosy.apimodel.schema;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A map from strings to values of one schema. */
public final class MapSchema implements Schema {

    private final Supplier<Schema> values;
    private @Nullable Schema resolved;
    private final boolean atomic;
    private final Checks checks;

    /**
     * @param values resolved on use
     * @param atomic server-side apply replaces the map as a whole ({@code x-kubernetes-map-type: atomic})
     */
    public MapSchema(Supplier<Schema> values, boolean atomic, Checks checks) {
        this.values = values;
        this.atomic = atomic;
        this.checks = checks;
    }

    public MapSchema(Schema values, boolean atomic, Checks checks) {
        this(() -> values, atomic, checks);
    }

    /** Resolved once; threads that race for it resolve to the same. */
    public Schema values() {
        Schema known = resolved;
        if (known == null) {
            known = values.get();
            resolved = known;
        }
        return known;
    }

    public boolean atomic() {
        return atomic;
    }

    @Override
    public Checks checks() {
        return checks;
    }
}
