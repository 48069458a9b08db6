package io.argosy.apiserver.registry.core;

import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.registry.check.Spot;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/** Rules of references to a pod's own fields and to the resources of its containers. */
final class FieldReferences {

    /** What a variable may be taken from. */
    static final Set<String> OF_VARIABLES = Set.of(
            "metadata.name",
            "metadata.namespace",
            "metadata.uid",
            "spec.nodeName",
            "spec.serviceAccountName",
            "status.hostIP",
            "status.hostIPs",
            "status.podIP",
            "status.podIPs");

    /** What a file may be made of. */
    static final Set<String> OF_FILES =
            Set.of("metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid");

    /** Fields that the API knows by name, though they may be no use here. */
    private static final Set<String> KNOWN = Set.of(
            "metadata.annotations",
            "metadata.labels",
            "spec.host",
            "spec.hostNetwork",
            "spec.restartPolicy",
            "spec.schedulerName",
            "status.phase",
            "status.nominatedNodeName");

    private static final Set<String> RESOURCES = new TreeSet<>(Set.of(
            "limits.cpu",
            "limits.ephemeral-storage",
            "limits.memory",
            "requests.cpu",
            "requests.ephemeral-storage",
            "requests.memory"));

    private static final Set<String> CPU_DIVISORS = Set.of("1", "1m");
    private static final String SIZES = "1, 1k, 1M, 1G, 1T, 1P, 1E, 1Ki, 1Mi, 1Gi, 1Ti, 1Pi, 1Ei";
    private static final Set<String> SIZE_DIVISORS = Set.copyOf(Arrays.asList(SIZES.split(", ")));

    private FieldReferences() {}

    /** An {@code ObjectFieldSelector}. */
    static void field(Spot reference, Set<String> supported) {
        Spot version = reference.at("apiVersion");
        Spot path = reference.at("fieldPath");
        if (!version.needed() || !path.needed()) {
            return;
        }
        String text = path.text();
        boolean subscript = text.endsWith("']")
                && (text.startsWith("metadata.labels['") || text.startsWith("metadata.annotations['"));
        if (!version.text().equals("v1")) {
            path.invalid("error converting fieldPath: unsupported pod version: " + version.text());
        } else if (!supported.contains(text) && !subscript) {
            if (KNOWN.contains(text) || OF_VARIABLES.contains(text)) {
                path.notSupported(new TreeSet<>(supported).toArray(String[]::new));
            } else {
                path.invalid("error converting fieldPath: field label not supported: " + text);
            }
        }
    }

    /**
     * A {@code ResourceFieldSelector}.
     *
     * @param elsewhere whether it must name the container
     */
    static void resource(Spot reference, boolean elsewhere) {
        Spot resource = reference.at("resource");
        if (!elsewhere || reference.at("containerName").needed()) {
            if (resource.needed() && !isHugePages(resource.text()) && !RESOURCES.contains(resource.text())) {
                resource.notSupported(RESOURCES.toArray(String[]::new));
            }
        }
        divisor(reference.at("divisor"), resource.text());
    }

    private static void divisor(Spot divisor, String resource) {
        String amount = divisor.quantity()
                .filter(value -> value.signum() != 0)
                .map(Object::toString)
                .orElse("1");
        String name = resource.substring(resource.indexOf('.') + 1);
        if (name.equals("cpu") && RESOURCES.contains(resource)) {
            if (!CPU_DIVISORS.contains(amount)) {
                divisor.invalid(
                        Value.of(resource), "only divisor's values 1m and 1 are supported with the cpu resource");
            }
        } else if ((RESOURCES.contains(resource) || isHugePages(resource)) && !SIZE_DIVISORS.contains(amount)) {
            String told = isHugePages(resource)
                    ? "hugepages"
                    : name.equals("ephemeral-storage") ? "local ephemeral storage" : name;
            divisor.invalid(
                    Value.of(resource),
                    "only divisor's values " + SIZES + " are supported with the " + told + " resource");
        }
    }

    private static boolean isHugePages(String resource) {
        return resource.startsWith("limits.hugepages-") || resource.startsWith("requests.hugepages-");
    }
}
