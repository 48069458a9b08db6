package io.argosy.apiserver.discovery;

import io.argosy.apimodel.meta.GroupVersion;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A version that another server answers.
 *
 * @param resources as aggregated discovery tells them; empty until that server has told them
 * @param fresh whether it told them lately
 */
public record RemoteVersion(
        GroupVersion version, int groupPriority, int versionPriority, Optional<ArrayValue> resources, boolean fresh) {

    /** The resources of a version in an APIGroupDiscoveryList. */
    public static Optional<ArrayValue> resourcesIn(ObjectValue list, GroupVersion version) {
        return list.array("items").stream()
                .flatMap(ArrayValue::objects)
                .filter(group -> group.string("metadata", "name").orElse("").equals(version.group()))
                .flatMap(group -> group.array("versions").stream())
                .flatMap(ArrayValue::objects)
                .filter(each -> each.string("version").orElse("").equals(version.version()))
                .map(each -> each.array("resources").orElseGet(ArrayValue::new))
                .findFirst();
    }

    /** What an APIResourceList tells, in the form of aggregated discovery. */
    public static ArrayValue resourcesOf(ObjectValue list, GroupVersion version) {
        Map<String, ObjectValue> byName = new LinkedHashMap<>();
        List<ObjectValue> parts = new ArrayList<>();
        list.array("resources").stream().flatMap(ArrayValue::objects).forEach(resource -> {
            String name = resource.string("name").orElse("");
            if (name.contains("/")) {
                parts.add(resource);
            } else {
                byName.put(name, resource(resource, version));
            }
        });
        for (ObjectValue part : parts) {
            String[] names = part.string("name").orElse("").split("/", 2);
            ObjectValue owner = byName.computeIfAbsent(
                    names[0],
                    name -> new ObjectValue()
                            .put("resource", name)
                            .put("scope", scope(part))
                            .put("singularResource", "")
                            .put("verbs", new ArrayValue()));
            owner.arrayOrNew("subresources")
                    .add(new ObjectValue()
                            .put("subresource", names[1])
                            .put("responseKind", kind(part, version))
                            .put("verbs", part.array("verbs").orElseGet(ArrayValue::new)));
        }
        ArrayValue resources = new ArrayValue();
        byName.values().forEach(resources::add);
        return resources;
    }

    private static ObjectValue resource(ObjectValue resource, GroupVersion version) {
        ObjectValue written = new ObjectValue()
                .put("resource", resource.string("name").orElse(""))
                .put("responseKind", kind(resource, version))
                .put("scope", scope(resource))
                .put("singularResource", resource.string("singularName").orElse(""))
                .put("verbs", resource.array("verbs").orElseGet(ArrayValue::new));
        resource.array("shortNames").ifPresent(names -> written.put("shortNames", names));
        resource.array("categories").ifPresent(names -> written.put("categories", names));
        return written;
    }

    private static String scope(ObjectValue resource) {
        return resource.isTrue("namespaced") ? "Namespaced" : "Cluster";
    }

    private static ObjectValue kind(ObjectValue resource, GroupVersion version) {
        return new ObjectValue()
                .put(
                        "group",
                        resource.string("group").filter(text -> !text.isEmpty()).orElse(version.group()))
                .put(
                        "version",
                        resource.string("version")
                                .filter(text -> !text.isEmpty())
                                .orElse(version.version()))
                .put("kind", resource.string("kind").orElse(""));
    }
}
