package io.argosy.apiserver.openapi;

import io.argosy.apimodel.definition.ResourceDefinition;
import io.argosy.apimodel.definition.VersionDefinition;
import io.argosy.apimodel.meta.GroupVersionKind;
import io.argosy.apimodel.schema.ObjectSchema;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The names of schemas: of built-ins their published ones, of custom resources the group read backwards. */
final class Kinds {

    static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";

    private Kinds() {}

    static String typeName(ResourceDefinition resource, VersionDefinition version) {
        ObjectSchema schema = version.schema().get();
        if (!schema.name().isEmpty()) {
            return schema.name();
        }
        List<String> parts = new ArrayList<>(List.of(resource.group().split("\\.")));
        Collections.reverse(parts);
        return String.join(".", parts) + "." + version.name() + "."
                + resource.names().kind();
    }

    static String listName(ResourceDefinition resource, VersionDefinition version) {
        String name = typeName(resource, version);
        return name.substring(0, name.length() - resource.names().kind().length())
                + resource.names().listKind();
    }

    static ObjectValue write(GroupVersionKind kind) {
        return new ObjectValue()
                .put("group", kind.group())
                .put("kind", kind.kind())
                .put("version", kind.version());
    }

    /** {@code RbacAuthorizationV1}: how operations of a group version are called. */
    static String camel(String group, String version) {
        return camel(group) + capital(version);
    }

    static String camel(String group) {
        StringBuilder name = new StringBuilder();
        for (String part : shortGroup(group).split("\\.")) {
            name.append(capital(part));
        }
        return name.toString();
    }

    /** {@code rbacAuthorization_v1}: the tag of a group version. */
    static String tag(String group, String version) {
        return tag(group) + "_" + version;
    }

    static String tag(String group) {
        String name = camel(group);
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    private static String shortGroup(String group) {
        if (group.isEmpty()) {
            return "core";
        }
        return group.endsWith(".k8s.io") ? group.substring(0, group.length() - ".k8s.io".length()) : group;
    }

    static String capital(String word) {
        return word.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}
