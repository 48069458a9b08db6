package io.argosy.apiserver.crd;

import io.argosy.apimodel.definition.ColumnDefinition;
import io.argosy.apimodel.definition.ResourceDefinition;
import io.argosy.apimodel.definition.Scope;
import io.argosy.apimodel.definition.SubresourceDefinition;
import io.argosy.apimodel.definition.VersionDefinition;
import io.argosy.apimodel.meta.GroupVersionKind;
import io.argosy.apimodel.schema.ObjectSchema;
import io.argosy.apimodel.schema.structural.StructuralSchema;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.discovery.VersionOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Turns a CustomResourceDefinition into what is known of a built-in resource. */
final class CustomDefinitions {

    private static final Set<String> VERBS =
            Set.of("delete", "deletecollection", "get", "list", "patch", "create", "update", "watch");

    private static final ColumnDefinition AGE = new ColumnDefinition(
            "Age",
            "date",
            "",
            "CreationTimestamp is a timestamp representing the server time when this object was created. It is not"
                    + " guaranteed to be set in happens-before order across separate operations. Clients may not set"
                    + " this value. It is represented in RFC3339 form and is in UTC.\n\nPopulated by the system."
                    + " Read-only. Null for lists. More info:"
                    + " https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata",
            0,
            ".metadata.creationTimestamp");

    private CustomDefinitions() {}

    /** The resource with the names it was given in its status. */
    static ResourceDefinition of(ObjectValue crd) {
        String group = crd.string("spec", "group").orElse("");
        ObjectValue names = crd.object("status", "acceptedNames")
                .filter(accepted -> !accepted.string("kind").orElse("").isEmpty())
                .or(() -> crd.object("spec", "names"))
                .orElseGet(ObjectValue::new);
        String kind = names.string("kind").orElse("");
        String plural = names.string("plural").orElse("");
        List<ObjectValue> versions = crd.array("spec", "versions").stream()
                .flatMap(ArrayValue::objects)
                .sorted(Comparator.comparing(
                        (ObjectValue version) -> version.string("name").orElse(""), VersionOrder.PREFERRED_FIRST))
                .toList();
        String stored = versions.stream()
                .filter(version -> version.isTrue("storage"))
                .findFirst()
                .flatMap(version -> version.string("name"))
                .orElse("");
        boolean namespaced = crd.string("spec", "scope").orElse("").equals("Namespaced");
        return new ResourceDefinition(
                group,
                new ResourceDefinition.Names(
                        plural,
                        names.string("singular").filter(text -> !text.isEmpty()).orElse(kind.toLowerCase(Locale.ROOT)),
                        kind,
                        names.string("listKind").filter(text -> !text.isEmpty()).orElse(kind + "List"),
                        strings(names, "shortNames"),
                        strings(names, "categories")),
                namespaced ? Scope.NAMESPACED : Scope.CLUSTER,
                versions.stream().map(version -> version(version, group, kind)).toList(),
                stored,
                group + "/" + plural,
                false);
    }

    private static List<String> strings(ObjectValue object, String field) {
        return object.array(field).map(array -> array.strings().toList()).orElse(List.of());
    }

    private static VersionDefinition version(ObjectValue version, String group, String kind) {
        String name = version.string("name").orElse("");
        Optional<ObjectValue> declared = version.object("schema", "openAPIV3Schema");
        ObjectSchema schema = declared.map(StructuralSchema::load).orElseGet(StructuralSchema::preserveAll);
        GroupVersionKind own = new GroupVersionKind(group, name, kind);
        Map<String, SubresourceDefinition> subresources = new LinkedHashMap<>();
        Set<String> verbs = Set.of("get", "patch", "update");
        if (version.at("subresources", "status").isPresent()) {
            subresources.put("status", new SubresourceDefinition("status", verbs, own, Optional.empty()));
        }
        version.object("subresources", "scale")
                .ifPresent(scale -> subresources.put(
                        "scale",
                        new SubresourceDefinition(
                                "scale",
                                verbs,
                                new GroupVersionKind("autoscaling", "v1", "Scale"),
                                Optional.of(new SubresourceDefinition.ScalePaths(
                                        scale.string("specReplicasPath").orElse(""),
                                        scale.string("statusReplicasPath").orElse(""),
                                        scale.string("labelSelectorPath").orElse(""))))));
        Optional<String> warning = version.isTrue("deprecated")
                ? version.string("deprecationWarning")
                        .or(() -> Optional.of(group + "/" + name + " " + kind + " is deprecated"))
                : Optional.empty();
        return new VersionDefinition(
                name,
                version.isTrue("served"),
                () -> schema,
                VERBS,
                subresources,
                columns(version),
                version.array("selectableFields").stream()
                        .flatMap(ArrayValue::objects)
                        .map(field -> field.string("jsonPath").orElse("").replaceFirst("^\\.", ""))
                        .toList(),
                warning,
                declared);
    }

    private static List<ColumnDefinition> columns(ObjectValue version) {
        List<ColumnDefinition> columns = new ArrayList<>();
        version.array("additionalPrinterColumns").stream()
                .flatMap(ArrayValue::objects)
                .forEach(column -> columns.add(new ColumnDefinition(
                        column.string("name").orElse(""),
                        column.string("type").orElse("string"),
                        column.string("format").orElse(""),
                        column.string("description")
                                .filter(text -> !text.isEmpty())
                                .orElse("Custom resource definition column (in JSONPath format): "
                                        + column.string("jsonPath").orElse("")),
                        column.integer("priority").orElse(0L).intValue(),
                        column.string("jsonPath").orElse(""))));
        return columns.isEmpty() ? List.of(AGE) : columns;
    }
}
