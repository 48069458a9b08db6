package io.argosy.client.testing;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a path names.
 *
 * @param collection group, version and resource as a path without namespace
 * @param namespace empty for none or all
 * @param name empty for the collection
 */
record Address(String collection, String group, String resource, String namespace, String name, String subresource) {

    static Address of(String path) {
        List<String> parts = new ArrayList<>();
        for (String part : path.substring(1).split("/")) {
            parts.add(URLDecoder.decode(part, StandardCharsets.UTF_8));
        }
        int versionAt = parts.getFirst().equals("api") ? 1 : 2;
        String group = versionAt == 1 ? "" : parts.get(1);
        String root = "/" + String.join("/", parts.subList(0, versionAt + 1));
        List<String> rest = parts.subList(versionAt + 1, parts.size());
        String namespace = "";
        boolean subresourceOfNamespace =
                rest.size() == 3 && (rest.get(2).equals("status") || rest.get(2).equals("finalize"));
        if (rest.getFirst().equals("namespaces") && rest.size() > 2 && !subresourceOfNamespace) {
            namespace = rest.get(1);
            rest = rest.subList(2, rest.size());
        }
        return new Address(
                root + "/" + rest.getFirst(),
                group,
                rest.getFirst(),
                namespace,
                rest.size() > 1 ? rest.get(1) : "",
                rest.size() > 2 ? rest.get(2) : "");
    }

    /** As error messages name it: {@code deployments.apps}. */
    String qualified() {
        return group.isEmpty() ? resource : resource + "." + group;
    }

    /** Where the object is in the store. */
    String key() {
        return key(namespace, name);
    }

    String key(String inNamespace, String ofName) {
        return collection + "|" + inNamespace + "|" + ofName;
    }
}
