package io.argosy.apiserver.table;

import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What the server keeps about itself and its users: quotas, components, API services, flow schemas, migrations. */
final class ServerCells {

    private ServerCells() {}

    static Map<String, CellFunction> functions() {
        return Map.ofEntries(
                Map.entry(
                        "quota.request", CellFunction.text(quota -> quota(quota, name -> !name.startsWith("limits.")))),
                Map.entry("quota.limit", CellFunction.text(quota -> quota(quota, name -> name.startsWith("limits.")))),
                Map.entry("component.status", CellFunction.text(ServerCells::health)),
                Map.entry("component.message", CellFunction.text(component -> healthText(component, "message"))),
                Map.entry("component.error", CellFunction.text(component -> healthText(component, "error"))),
                Map.entry("apiservice.service", CellFunction.text(ServerCells::service)),
                Map.entry("apiservice.available", CellFunction.text(ServerCells::available)),
                Map.entry("flowSchema.dangling", CellFunction.text(ServerCells::dangling)),
                Map.entry("storageVersions", CellFunction.text(ServerCells::storageVersions)),
                Map.entry("migration.status", CellFunction.text(ServerCells::migration)),
                Map.entry("migration.resource", CellFunction.text(ServerCells::migrated)));
    }

    private static String quota(ObjectValue quota, Predicate<String> shown) {
        ObjectValue hard = quota.object("status", "hard").orElseGet(ObjectValue::new);
        return new TreeSet<>(hard.names())
                .stream()
                        .filter(shown)
                        .map(name -> name + ": "
                                + CommonCells.quantity(
                                        quota.string("status", "used", name).orElse(""))
                                + "/" + CommonCells.quantity(hard.string(name).orElse("")))
                        .collect(Collectors.joining(", "));
    }

    private static Optional<ObjectValue> healthy(ObjectValue component) {
        return component.array("conditions").stream()
                .flatMap(ArrayValue::objects)
                .filter(condition -> condition.string("type").orElse("").equals("Healthy"))
                .findFirst();
    }

    private static String health(ObjectValue component) {
        return healthy(component)
                .map(condition -> Conditions.isTrue(condition) ? "Healthy" : "Unhealthy")
                .orElse("Unknown");
    }

    private static String healthText(ObjectValue component, String field) {
        return healthy(component).flatMap(condition -> condition.string(field)).orElse("");
    }

    private static String service(ObjectValue apiService) {
        return apiService
                .object("spec", "service")
                .map(service -> service.string("namespace").orElse("") + "/"
                        + service.string("name").orElse(""))
                .orElse("Local");
    }

    private static String available(ObjectValue apiService) {
        return Conditions.find(apiService, "Available")
                .map(condition -> {
                    String status = condition.string("status").orElse("");
                    String reason = condition.string("reason").orElse("");
                    return status.equals("True") || reason.isEmpty() ? status : status + " (" + reason + ")";
                })
                .orElse("Unknown");
    }

    private static String dangling(ObjectValue flowSchema) {
        return Conditions.find(flowSchema, "Dangling")
                .flatMap(condition -> condition.string("status"))
                .orElse("?");
    }

    private static String storageVersions(ObjectValue storageVersion) {
        List<String> versions = storageVersion.array("status", "storageVersions").stream()
                .flatMap(ArrayValue::objects)
                .map(version -> version.string("apiServerID").orElse("") + "="
                        + version.string("encodingVersion").orElse(""))
                .toList();
        return Shortened.list(versions, "<unset>");
    }

    private static String migration(ObjectValue migration) {
        return Conditions.of(migration).stream()
                .filter(Conditions::isTrue)
                .map(condition -> condition.string("type").orElse(""))
                .filter(List.of("Running", "Failed", "Succeeded")::contains)
                .reduce("Unknown", (_, last) -> last);
    }

    private static String migrated(ObjectValue migration) {
        String group = migration.string("spec", "resource", "group").orElse("");
        String resource = migration.string("spec", "resource", "resource").orElse("");
        return group.isEmpty() ? resource : resource + "." + group;
    }
}
