package io.argosy.apiserver.admission.expression;

import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The object types of the variables {@code request} and {@code namespaceObject}. */
final class Structs {

    private static final CelType STRINGS = ListType.create(SimpleType.STRING);
    private static final CelType STRING_MAP = MapType.create(SimpleType.STRING, SimpleType.STRING);

    private final Map<String, StructType> all = new HashMap<>();

    final StructType request;
    final StructType namespace;

    Structs() {
        StructType kind = text("kubernetes.GroupVersionKind", "group", "version", "kind");
        StructType resource = text("kubernetes.GroupVersionResource", "group", "version", "resource");
        StructType user = struct(
                "kubernetes.UserInfo",
                Map.of(
                        "username",
                        SimpleType.STRING,
                        "uid",
                        SimpleType.STRING,
                        "groups",
                        STRINGS,
                        "extra",
                        MapType.create(SimpleType.STRING, STRINGS)));
        Map<String, CelType> fields = new HashMap<>();
        for (String name : new String[] {"subResource", "requestSubResource", "name", "namespace", "operation"}) {
            fields.put(name, SimpleType.STRING);
        }
        fields.put("kind", kind);
        fields.put("requestKind", kind);
        fields.put("resource", resource);
        fields.put("requestResource", resource);
        fields.put("userInfo", user);
        fields.put("dryRun", SimpleType.BOOL);
        fields.put("options", SimpleType.DYN);
        request = struct("kubernetes.AdmissionRequest", fields);
        namespace = struct(
                "kubernetes.Namespace",
                Map.of("metadata", metadata(), "spec", namespaceSpec(), "status", namespaceStatus()));
    }

    private StructType metadata() {
        Map<String, CelType> fields = new HashMap<>();
        for (String name : new String[] {"name", "generateName", "namespace", "UID", "resourceVersion"}) {
            fields.put(name, SimpleType.STRING);
        }
        fields.put("labels", STRING_MAP);
        fields.put("annotations", STRING_MAP);
        fields.put("creationTimestamp", SimpleType.TIMESTAMP);
        fields.put("deletionTimestamp", SimpleType.TIMESTAMP);
        fields.put("deletionGracePeriodSeconds", SimpleType.INT);
        fields.put("generation", SimpleType.INT);
        fields.put("finalizers", STRINGS);
        return struct("kubernetes.NamespaceMetadata", fields);
    }

    private StructType namespaceSpec() {
        return struct("kubernetes.NamespaceSpec", Map.of("finalizers", STRINGS));
    }

    private StructType namespaceStatus() {
        Map<String, CelType> condition = new HashMap<>();
        for (String name : new String[] {"status", "type", "message", "reason"}) {
            condition.put(name, SimpleType.STRING);
        }
        condition.put("lastTransitionTime", SimpleType.TIMESTAMP);
        return struct(
                "kubernetes.NamespaceStatus",
                Map.of(
                        "conditions",
                        ListType.create(struct("kubernetes.NamespaceCondition", condition)),
                        "phase",
                        SimpleType.STRING));
    }

    private StructType text(String name, String... fields) {
        Map<String, CelType> types = new HashMap<>();
        for (String field : fields) {
            types.put(field, SimpleType.STRING);
        }
        return struct(name, types);
    }

    private StructType struct(String name, Map<String, CelType> fields) {
        StructType type = of(name, fields);
        all.put(name, type);
        return type;
    }

    static StructType of(String name, Map<String, CelType> fields) {
        ImmutableMap<String, CelType> types = ImmutableMap.copyOf(fields);
        return StructType.create(name, types.keySet(), field -> Optional.ofNullable(types.get(field)));
    }

    /** By name. */
    Map<String, StructType> all() {
        return Map.copyOf(all);
    }
}
