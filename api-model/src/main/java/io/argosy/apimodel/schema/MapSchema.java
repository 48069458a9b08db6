package io.argosy.apimodel.schema;

import java.util.function.Supplier;

/** A map from strings to values of one schema. */
public final class MapSchema implements Schema {

    private final Supplier<Schema> values;
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

    public Schema values() {
        return values.get();
    }

    public boolean atomic() {
        return atomic;
    }

    @Override
    public Checks checks() {
        return checks;
    }
}
