package io.argosy.apimodel.meta;

/** An object's name among those of its resource; the namespace of a cluster-scoped object is empty. */
public record ObjectKey(String namespace, String name) implements Comparable<ObjectKey> {

    /** Reads {@code namespace/name} or {@code name}. */
    public static ObjectKey parse(String text) {
        int slash = text.indexOf('/');
        return slash < 0 ? new ObjectKey("", text) : new ObjectKey(text.substring(0, slash), text.substring(slash + 1));
    }

    @Override
    public int compareTo(ObjectKey other) {
        int byNamespace = namespace.compareTo(other.namespace);
        return byNamespace != 0 ? byNamespace : name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return namespace.isEmpty() ? name : namespace + "/" + name;
    }
}
