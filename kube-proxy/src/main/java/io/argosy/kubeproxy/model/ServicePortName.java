package io.argosy.kubeproxy.model;

/** Which port of which Service; {@code port} is empty for a Service's one unnamed port. */
public record ServicePortName(String namespace, String name, String port) implements Comparable<ServicePortName> {

    @Override
    public int compareTo(ServicePortName other) {
        int byNamespace = namespace.compareTo(other.namespace);
        if (byNamespace != 0) {
            return byNamespace;
        }
        int byName = name.compareTo(other.name);
        return byName != 0 ? byName : port.compareTo(other.port);
    }

    @Override
    public String toString() {
        return namespace + "/" + name + (port.isEmpty() ? "" : ":" + port);
    }
}
