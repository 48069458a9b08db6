package io.argosy.apiserver.discovery;

import io.argosy.apimodel.definition.ResourceDefinition;
import io.argosy.apimodel.definition.SubresourceDefinition;
import io.argosy.apimodel.meta.GroupVersionKind;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.TreeMap;

/** {@code meta/v1} APIResourceList: the resources and subresources of one group version, by name. */
final class ResourceLists {

    private static final int HASH_BYTES = 8;

    private ResourceLists() {}

    static ObjectValue list(ServedGroup.ServedVersion version) {
        ObjectValue list = new ObjectValue().put("kind", "APIResourceList");
        if (!version.group().isEmpty()) {
            list.put("apiVersion", "v1");
        }
        ArrayValue items = new ArrayValue();
        for (ServedGroup.Served served : version.resources()) {
            items.add(resource(served));
            new TreeMap<>(served.version().subresources())
                    .values()
                    .forEach(part -> items.add(subresource(served, version, part)));
        }
        return list.put("groupVersion", version.groupVersion()).put("resources", items);
    }

    private static ObjectValue resource(ServedGroup.Served served) {
        ResourceDefinition resource = served.resource();
        ObjectValue item = new ObjectValue()
                .put("name", resource.names().plural())
                .put("singularName", resource.names().singular())
                .put("namespaced", resource.namespaced())
                .put("kind", resource.names().kind())
                .put("verbs", Verbs.of(resource, served.version().verbs()));
        putUnlessEmpty(item, "shortNames", resource.names().shortNames());
        putUnlessEmpty(item, "categories", resource.names().categories());
        if (resource.stored()) {
            item.put("storageVersionHash", storageVersionHash(resource.storageKind()));
        }
        return item;
    }

    private static ObjectValue subresource(
            ServedGroup.Served served, ServedGroup.ServedVersion version, SubresourceDefinition part) {
        ObjectValue item = new ObjectValue()
                .put("name", served.resource().names().plural() + "/" + part.name())
                .put("singularName", "")
                .put("namespaced", served.resource().namespaced());
        if (!part.kind().apiVersion().equals(version.groupVersion())) {
            item.put("group", part.kind().group()).put("version", part.kind().version());
        }
        return item.put("kind", part.kind().kind()).put("verbs", Verbs.of(served.resource(), part.verbs()));
    }

    static void putUnlessEmpty(ObjectValue item, String field, List<String> texts) {
        if (!texts.isEmpty()) {
            item.put(field, ArrayValue.ofStrings(texts));
        }
    }

    /** Tells clients, without saying it, whether two servers store a resource alike. */
    static String storageVersionHash(GroupVersionKind kind) {
        try {
            String text = kind.group() + "/" + kind.version() + "/" + kind.kind();
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(Arrays.copyOf(digest, HASH_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
