package io.argosy.apiserver.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.CodedInputStream;
import io.argosy.apimodel.codec.JsonReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Fields are read back by their numbers, as the published schema of these messages gives them. */
final class WireWriterTest {

    /** What stands below a path of field numbers: texts, numbers and messages as they come. */
    private static List<String> at(byte[] message, int... path) throws IOException {
        List<byte[]> level = List.of(message);
        List<String> found = new ArrayList<>();
        for (int depth = 0; depth < path.length; depth++) {
            List<byte[]> next = new ArrayList<>();
            for (byte[] one : level) {
                CodedInputStream in = CodedInputStream.newInstance(one);
                for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                    boolean wanted = tag >>> 3 == path[depth];
                    if ((tag & 7) == 2) {
                        byte[] inner = in.readByteArray();
                        if (wanted) {
                            next.add(inner);
                        }
                    } else if ((tag & 7) == 1) {
                        double number = in.readDouble();
                        if (wanted) {
                            found.add(Double.toString(number));
                        }
                    } else {
                        long number = in.readInt64();
                        if (wanted) {
                            found.add(Long.toString(number));
                        }
                    }
                }
            }
            level = next;
        }
        level.forEach(bytes -> found.add(new String(bytes, UTF_8)));
        return found;
    }

    private static byte[] write(WireTable table, String json) {
        return new WireWriter(table).document(JsonReader.readObject(json.getBytes(UTF_8)));
    }

    @Test
    void anOperationOfTheSecondVersion() throws IOException {
        byte[] document = write(WireTable.V2, """
                {"swagger": "2.0", "paths": {"/things": {"get": {"operationId": "list",
                  "parameters": [
                    {"in": "body", "name": "body", "schema": {"$ref": "#/definitions/Thing"}},
                    {"in": "query", "name": "limit", "type": "integer"},
                    {"$ref": "#/parameters/pretty"}],
                  "responses": {"200": {"description": "OK"}},
                  "x-kubernetes-group-version-kind": {"kind": "Thing", "version": "v1"}}}}}""");
        assertEquals(List.of("2.0"), at(document, 1));
        assertEquals(List.of("/things"), at(document, 8, 2, 1));
        int[] operation = {8, 2, 2, 2};
        assertEquals(List.of("list"), at(document, append(operation, 5)));
        assertEquals(List.of("#/definitions/Thing"), at(document, append(operation, 8, 1, 1, 5, 1)));
        assertEquals(List.of("limit"), at(document, append(operation, 8, 1, 2, 3, 4)));
        assertEquals(List.of("#/parameters/pretty"), at(document, append(operation, 8, 2, 1)));
        assertEquals(List.of("200"), at(document, append(operation, 9, 1, 1)));
        assertEquals(List.of("kind: Thing\nversion: v1\n"), at(document, append(operation, 13, 2, 2)));
    }

    @Test
    void schemasOfTheSecondVersion() throws IOException {
        byte[] document = write(WireTable.V2, """
                {"definitions": {"Thing": {"type": "object", "required": ["a"], "additionalProperties": false,
                  "properties": {"a": {"type": "array", "items": {"type": "string"}, "maxItems": 3},
                                 "x-odd": {"type": "number", "minimum": 0.5}}}}}""");
        int[] thing = {9, 1, 2};
        assertEquals(List.of("object"), at(document, append(thing, 22, 1)));
        assertEquals(List.of("a"), at(document, append(thing, 19)));
        assertEquals(List.of("0"), at(document, append(thing, 21, 2)));
        assertEquals(List.of("a", "x-odd"), at(document, append(thing, 25, 1, 1)));
        assertEquals(List.of("string"), at(document, append(thing, 25, 1, 2, 23, 1, 22, 1)));
        assertEquals(List.of("3"), at(document, append(thing, 25, 1, 2, 14)));
        assertEquals(List.of("0.5"), at(document, append(thing, 25, 1, 2, 9)));
    }

    @Test
    void schemasOfTheThirdVersion() throws IOException {
        byte[] document = write(WireTable.V3, """
                {"openapi": "3.0.0", "components": {"schemas": {"Thing": {"type": "object", "properties": {
                  "a": {"allOf": [{"$ref": "#/components/schemas/Other"}], "default": {}},
                  "b": {"type": "integer", "default": 0}, "c": {"type": "boolean", "nullable": true}}}}}}""");
        int[] property = {5, 1, 1, 2, 1, 31, 1, 2};
        assertEquals(List.of("3.0.0"), at(document, 1));
        assertEquals(List.of("#/components/schemas/Other"), at(document, append(property, 1, 26, 2, 1)));
        assertEquals(List.of("0.0"), at(document, append(property, 1, 33, 1)));
        assertEquals(List.of("1"), at(document, append(property, 1, 1)));
    }

    private static int[] append(int[] path, int... more) {
        int[] whole = java.util.Arrays.copyOf(path, path.length + more.length);
        System.arraycopy(more, 0, whole, path.length, more.length);
        return whole;
    }
}
