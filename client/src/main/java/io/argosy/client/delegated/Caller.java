package io.argosy.client.delegated;

import java.util.List;
import java.util.Map;

/** Who makes a request, as authentication found out. */
public record Caller(String name, String uid, List<String> groups, Map<String, List<String>> extra) {

    public static final Caller ANONYMOUS =
            new Caller("system:anonymous", "", List.of("system:unauthenticated"), Map.of());

    public Caller {
        groups = List.copyOf(groups);
        extra = Map.copyOf(extra);
    }
}
