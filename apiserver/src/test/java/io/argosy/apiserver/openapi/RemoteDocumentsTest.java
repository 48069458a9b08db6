package io.argosy.apiserver.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.argosy.apimodel.codec.YamlReader;
import io.argosy.apimodel.definition.BuiltIns;
import io.argosy.apimodel.meta.GroupVersion;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RemoteDocumentsTest {

    private static ObjectValue yaml(String text) {
        return (ObjectValue) YamlReader.read(text.getBytes(UTF_8));
    }

    private static final RemoteDocuments OTHER = new RemoteDocuments(
            new GroupVersion("wardle.example.com", "v1"),
            Optional.of(yaml("""
                    paths:
                      /apis/: {get: {}}
                      /apis/wardle.example.com/: {get: {}}
                      /apis/wardle.example.com/v1/flunders: {get: {schema: {$ref: "#/definitions/Flunder"}}}
                      /apis/wardle.example.com/v2/flunders: {get: {}}
                    definitions:
                      Flunder: {properties: {spec: {$ref: "#/definitions/Spec"}, meta: {$ref: "#/definitions/Meta"}}}
                      Spec: {type: object}
                      Meta: {type: string}
                      Unused: {type: object}
                    """)),
            Optional.of(yaml("{openapi: 3.0.0}")));

    @Test
    void pathsComeWithWhatTheyReferTo() {
        ObjectValue document = yaml("{paths: {/apis/: {get: {here: true}}}, definitions: {Meta: {type: object}}}");
        OTHER.addTo(document);
        assertEquals(
                Set.of("/apis/", "/apis/wardle.example.com/", "/apis/wardle.example.com/v1/flunders"),
                document.object("paths").orElseThrow().fields().keySet());
        assertTrue(document.isTrue("paths", "/apis/", "get", "here"));
        assertEquals(
                Set.of("Flunder", "Spec", "Meta"),
                document.object("definitions").orElseThrow().fields().keySet());
        assertEquals("object", document.string("definitions", "Meta", "type").orElseThrow());
    }

    @Test
    void theIndexNamesThem() {
        OpenApiDocuments documents =
                OpenApiDocuments.of(BuiltIns.definitions()).after(BuiltIns.definitions(), List.of(OTHER));
        OpenApiDocument third = documents.third("apis/wardle.example.com/v1").orElseThrow();
        assertEquals("{\"openapi\":\"3.0.0\"}", new String(third.json(), UTF_8).strip());
        assertTrue(new String(documents.index().json(), UTF_8).contains(third.hash()));
        OpenApiDocuments without = documents.after(BuiltIns.definitions(), List.of());
        assertTrue(without.third("apis/wardle.example.com/v1").isEmpty());
    }
}
