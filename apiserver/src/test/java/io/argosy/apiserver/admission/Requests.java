package io.argosy.apiserver.admission;

import io.argosy.apimodel.codec.YamlReader;
import io.argosy.apimodel.meta.GroupVersionKind;
import io.argosy.apimodel.meta.GroupVersionResource;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.authn.UserInfo;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Admission requests for tests, and what plugins told their clients. */
public final class Requests {

    private final List<String> warnings = new ArrayList<>();
    private final Map<String, String> annotations = new TreeMap<>();
    private UserInfo user = new UserInfo("u", "", List.of(), Map.of());

    public static ObjectValue tree(String yaml) {
        return (ObjectValue) YamlReader.read(yaml.getBytes(StandardCharsets.UTF_8));
    }

    public List<String> warnings() {
        return warnings;
    }

    public Map<String, String> annotations() {
        return annotations;
    }

    public Requests by(String name, String... groups) {
        user = new UserInfo(name, "", List.of(groups), Map.of());
        return this;
    }

    /** @param resource {@code pods} or {@code apps/deployments}, all in version v1 */
    public AdmissionRequest create(String resource, String kind, ObjectValue object) {
        return request(Operation.CREATE, resource, "", kind, Optional.of(object), Optional.empty());
    }

    public AdmissionRequest update(String resource, String kind, ObjectValue object, ObjectValue old) {
        return request(Operation.UPDATE, resource, "", kind, Optional.of(object), Optional.of(old));
    }

    public AdmissionRequest request(
            Operation operation,
            String resource,
            String subresource,
            String kind,
            Optional<ObjectValue> object,
            Optional<ObjectValue> old) {
        int slash = resource.indexOf('/');
        String group = slash < 0 ? "" : resource.substring(0, slash);
        ObjectValue named = object.or(() -> old).orElseGet(ObjectValue::new);
        return new AdmissionRequest(
                operation,
                new GroupVersionKind(group, "v1", kind),
                new GroupVersionResource(group, "v1", resource.substring(slash + 1)),
                subresource,
                named.string("metadata", "namespace").orElse("ns"),
                named.string("metadata", "name").orElse(""),
                object,
                old,
                new ObjectValue(),
                false,
                user,
                warnings::add,
                annotations::put);
    }
}
