package io.argosy.deploy.addon;

import io.argosy.apimodel.codec.JsonWriter;
import io.argosy.apimodel.codec.ParseNotes;
import io.argosy.apimodel.codec.YamlReader;
import io.argosy.apimodel.definition.BuiltIns;
import io.argosy.apimodel.definition.Definitions;
import io.argosy.apimodel.definition.ResourceDefinition;
import io.argosy.apimodel.meta.GroupVersion;
import io.argosy.apimodel.meta.GroupVersionKind;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.client.request.ApiClient;
import io.argosy.client.transport.HttpAnswer;
import io.argosy.client.transport.HttpCall;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Applies manifests of built-in kinds by server-side apply under a field manager of its own. */
public final class Applier {

    private static final String FIELD_MANAGER = "argosy";

    private final ApiClient client;
    private final Definitions definitions = BuiltIns.definitions();

    public Applier(ApiClient client) {
        this.client = client;
    }

    /** Applies every document of a YAML text, in order. */
    public void apply(String yaml) {
        for (String document : yaml.split("(?m)^---\\s*$")) {
            if (!document.isBlank()) {
                apply((ObjectValue) YamlReader.read(document.getBytes(StandardCharsets.UTF_8), new ParseNotes()));
            }
        }
    }

    private void apply(ObjectValue object) {
        HttpCall call = HttpCall.of("PATCH", path(object), Map.of("fieldManager", FIELD_MANAGER, "force", "true"))
                .withBody("application/apply-patch+yaml", JsonWriter.write(object));
        HttpAnswer answer = client.call(call);
        if (!answer.isSuccess()) {
            throw new IllegalStateException("the API server refused " + path(object) + ": " + answer.text());
        }
    }

    private String path(ObjectValue object) {
        GroupVersion version = GroupVersion.parse(object.string("apiVersion").orElseThrow());
        GroupVersionKind kind = version.kind(object.string("kind").orElseThrow());
        ResourceDefinition definition =
                definitions.find(kind).orElseThrow(() -> new IllegalArgumentException("not a built-in kind: " + kind));
        String root = version.group().isEmpty() ? "/api/" + version.version() : "/apis/" + version;
        String namespace = definition.namespaced()
                ? "/namespaces/" + object.string("metadata", "namespace").orElse("default")
                : "";
        return root + namespace + "/" + definition.names().plural() + "/"
                + object.string("metadata", "name").orElseThrow();
    }
}
