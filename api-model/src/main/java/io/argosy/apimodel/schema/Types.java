package io.argosy.apimodel.schema;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The built-in types by their published names; each is read when first asked for. */
public final class Types {

    private static final TypeTable TABLE = TypeTable.load();
    private static final Map<String, ObjectSchema> READ = new ConcurrentHashMap<>();

    private Types() {}

    /**
     * The type of a name like {@code io.k8s.api.core.v1.Pod}.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static ObjectSchema byName(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException("no such type: " + name));
    }

    public static Optional<ObjectSchema> find(String name) {
        ObjectSchema known = READ.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        if (!TABLE.has(name)) {
            return Optional.empty();
        }
        ObjectSchema read = TABLE.read(name);
        ObjectSchema first = READ.putIfAbsent(name, read);
        return Optional.of(first == null ? read : first);
    }

    /** The names of all types whose JSON is an object. */
    public static Collection<String> names() {
        return TABLE.names();
    }
}
