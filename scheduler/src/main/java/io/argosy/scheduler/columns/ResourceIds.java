package io.argosy.scheduler.columns;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers for the names of resources, so that amounts are arrays. Amounts of cpu are in thousandths, all others are
 * whole. The number of pods on a node is not one of them. One owner thread.
 */
public final class ResourceIds {

    public static final int CPU = 0;
    public static final int MEMORY = 1;
    public static final int EPHEMERAL_STORAGE = 2;

    private final Map<String, Integer> ids = new HashMap<>();
    private final List<String> names = new ArrayList<>();

    public ResourceIds() {
        of("cpu");
        of("memory");
        of("ephemeral-storage");
    }

    /** The number of a resource, a new one for a new name. */
    public int of(String name) {
        Integer known = ids.get(name);
        if (known != null) {
            return known;
        }
        int id = names.size();
        ids.put(name, id);
        names.add(name);
        return id;
    }

    public String name(int id) {
        return names.get(id);
    }

    /** How many there are; every number is below it. */
    public int size() {
        return names.size();
    }
}
