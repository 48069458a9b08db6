package io.argosy.apimodel.definition;

import io.argosy.apimodel.meta.GroupVersion;
import io.argosy.apimodel.schema.ObjectSchema;
import io.argosy.apimodel.schema.Types;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The built-in resources: those that Kubernetes v1.36 has without custom resources. They are declared in one file per
 * group, in the folder {@code io/argosy/apimodel/definitions}.
 */
public final class BuiltIns {

    static final List<String> FILES = List.of(
            "core",
            "admissionregistration.k8s.io",
            "apiextensions.k8s.io",
            "apiregistration.k8s.io",
            "apps",
            "authentication.k8s.io",
            "authorization.k8s.io",
            "autoscaling",
            "batch",
            "certificates.k8s.io",
            "coordination.k8s.io",
            "discovery.k8s.io",
            "events.k8s.io",
            "flowcontrol.apiserver.k8s.io",
            "internal.apiserver.k8s.io",
            "networking.k8s.io",
            "node.k8s.io",
            "policy",
            "rbac.authorization.k8s.io",
            "resource.k8s.io",
            "scheduling.k8s.io",
            "storage.k8s.io",
            "storagemigration.k8s.io");

    private BuiltIns() {}

    /** All resources; versions that are off by default are there, not served. Reads the files: keep the answer. */
    public static Definitions definitions() {
        return definitions(_ -> false);
    }

    /** As {@link #definitions()}, with further versions served ({@code --runtime-config}). */
    public static Definitions definitions(Predicate<GroupVersion> alsoServed) {
        return definitions(alsoServed, Types::byName);
    }

    static Definitions definitions(Predicate<GroupVersion> alsoServed, Function<String, ObjectSchema> types) {
        List<ResourceDefinition> resources = new ArrayList<>();
        for (GroupFile file : files()) {
            resources.addAll(file.resources(alsoServed, types));
        }
        return new Definitions(resources);
    }

    /** All groups, by falling priority. */
    public static List<GroupDefinition> groups() {
        return files().stream().map(GroupFile::group).toList();
    }

    private static List<GroupFile> files() {
        return FILES.stream()
                .map(GroupFile::read)
                .sorted(Comparator.comparingInt(
                                (GroupFile file) -> -file.group().priority())
                        .thenComparing(file -> file.group().name()))
                .toList();
    }
}
