package io.argosy.apiserver.registry.core;

import io.argosy.apimodel.meta.Names;
import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.registry.check.Spot;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Rules of environment variables and of what they are taken from. */
final class EnvRules {

    private static final List<String> SOURCES =
            List.of("fieldRef", "resourceFieldRef", "configMapKeyRef", "secretKeyRef", "fileKeyRef");
    private static final Set<String> FIELDS = new TreeSet<>(Set.of(
            "metadata.name",
            "metadata.namespace",
            "metadata.uid",
            "spec.nodeName",
            "spec.serviceAccountName",
            "status.hostIP",
            "status.hostIPs",
            "status.podIP",
            "status.podIPs"));
    private static final Set<String> FIELDS_OF_FILES = new TreeSet<>(
            Set.of("metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid"));
    private static final Set<String> RESOURCES = new TreeSet<>(Set.of(
            "limits.cpu",
            "limits.ephemeral-storage",
            "limits.memory",
            "requests.cpu",
            "requests.ephemeral-storage",
            "requests.memory"));

    private EnvRules() {}

    static void check(Spot container) {
        for (Spot variable : container.items("env")) {
            variable.at("name").name(Names::relaxedEnvVarName);
            if (variable.at("valueFrom").present()) {
                source(variable, variable.at("valueFrom"));
            }
        }
        for (Spot from : container.items("envFrom")) {
            from.at("prefix").obeys(Names::relaxedEnvVarName);
            envFrom(from, from.named(container.path().child("envFrom")));
        }
    }

    private static void source(Spot variable, Spot from) {
        long sources = SOURCES.stream().filter(kind -> from.at(kind).present()).count();
        if (from.at("fieldRef").present()) {
            field(from.at("fieldRef"), FIELDS);
        }
        if (from.at("resourceFieldRef").present()) {
            resource(from.at("resourceFieldRef"));
        }
        for (String kind : List.of("configMapKeyRef", "secretKeyRef")) {
            if (from.at(kind).present()) {
                from.at(kind, "key").name(Names::configMapKey);
                Spot name = from.at(kind, "name");
                Names.dns1123Subdomain(name.text()).forEach(name::invalid);
            }
        }
        if (sources == 0) {
            from.invalid(
                    Value.of(""),
                    "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or"
                            + " `fileKeyRef`");
        } else if (!variable.at("value").empty()) {
            from.invalid(Value.of(""), "may not be specified when `value` is not empty");
        } else if (sources > 1) {
            from.invalid(Value.of(""), "may not have more than one field specified at a time");
        }
    }

    private static void resource(Spot reference) {
        Spot resource = reference.at("resource");
        if (resource.needed() && !isHugePages(resource.text()) && !RESOURCES.contains(resource.text())) {
            resource.notSupported(RESOURCES.toArray(String[]::new));
        }
        DivisorRules.check(reference);
    }

    /** What a file of a volume is filled with. */
    static void file(Spot item) {
        if (item.at("fieldRef").present()) {
            field(item.at("fieldRef"), FIELDS_OF_FILES);
        } else if (item.at("resourceFieldRef", "containerName").needed()) {
            resource(item.at("resourceFieldRef"));
        }
    }

    private static boolean isHugePages(String resource) {
        return resource.startsWith("limits.hugepages-") || resource.startsWith("requests.hugepages-");
    }

    private static void field(Spot reference, Set<String> supported) {
        Spot path = reference.at("fieldPath");
        Spot version = reference.at("apiVersion");
        if (!version.empty() && !version.text().equals("v1")) {
            path.invalid("error converting fieldPath: unsupported pod version: " + version.text());
        } else if (path.needed() && !supported.contains(path.text())) {
            boolean subscript = path.text().endsWith("']")
                    && (path.text().startsWith("metadata.labels['")
                            || path.text().startsWith("metadata.annotations['"));
            if (!subscript) {
                if (path.text().startsWith("spec.")
                        || path.text().startsWith("status.")
                        || path.text().equals("metadata.labels")
                        || path.text().equals("metadata.annotations")) {
                    path.notSupported(supported.toArray(String[]::new));
                } else {
                    path.invalid("error converting fieldPath: field label not supported: " + path.text());
                }
            }
        }
    }

    private static void envFrom(Spot from, Spot list) {
        boolean map = from.at("configMapRef").present();
        boolean secret = from.at("secretRef").present();
        if (map) {
            from.at("configMapRef", "name").name(Names::dns1123Subdomain);
        }
        if (secret) {
            from.at("secretRef", "name").name(Names::dns1123Subdomain);
        }
        if (map == secret) {
            list.invalid(
                    Value.of(""),
                    map
                            ? "may not have more than one field specified at a time"
                            : "must specify one of: `configMapRef` or `secretRef`");
        }
    }
}
