package io.argosy.apiserver.handler;

import io.argosy.apimodel.codec.Envelope;
import io.argosy.apimodel.codec.JsonWriter;
import io.argosy.apimodel.codec.ProtobufWriter;
import io.argosy.apimodel.codec.YamlWriter;
import io.argosy.apimodel.meta.GroupVersion;
import io.argosy.apimodel.schema.ObjectSchema;
import io.argosy.apimodel.schema.Types;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.request.Accepted;
import io.argosy.apiserver.request.Format;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Writes trees that do not come from the cache: Status, Table, metadata, reviews, documents. */
public final class TreeCodec {

    private static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";

    private TreeCodec() {}

    /** One object; protobuf without a schema is not possible and becomes JSON. */
    public static Encoded encode(ObjectValue object, Accepted accepted, Optional<ObjectSchema> schema) {
        return switch (accepted.format()) {
            case PROTOBUF ->
                schema.isPresent()
                        ? new Encoded(Format.PROTOBUF, protobuf(object, schema.get()))
                        : new Encoded(Format.JSON, json(object, false));
            case YAML -> new Encoded(Format.YAML, YamlWriter.write(object));
            case JSON -> new Encoded(Format.JSON, json(object, accepted.pretty()));
        };
    }

    /** Bytes and what they are. */
    public record Encoded(Format format, byte[] bytes) {}

    /** The schema of one of the meta types. */
    public static ObjectSchema metaSchema(String kind) {
        return Types.byName(META + kind);
    }

    private static byte[] protobuf(ObjectValue object, ObjectSchema schema) {
        GroupVersion version = GroupVersion.parse(object.string("apiVersion").orElse(""));
        return Envelope.write(version.kind(object.string("kind").orElse("")), ProtobufWriter.write(object, schema));
    }

    /** JSON with a line end. */
    public static byte[] json(Value value, boolean pretty) {
        if (pretty) {
            StringBuilder text = new StringBuilder();
            indented(value, 0, text);
            return text.append('\n').toString().getBytes(StandardCharsets.UTF_8);
        }
        byte[] compact = JsonWriter.write(value);
        byte[] line = java.util.Arrays.copyOf(compact, compact.length + 1);
        line[compact.length] = '\n';
        return line;
    }

    private static void indented(Value value, int depth, StringBuilder text) {
        switch (value) {
            case ObjectValue object
            when !object.isEmpty() -> {
                text.append("{\n");
                boolean first = true;
                for (var field : object.fields().entrySet()) {
                    separate(text, first);
                    first = false;
                    indent(text, depth + 1);
                    text.append(scalar(Value.of(field.getKey()))).append(": ");
                    indented(field.getValue(), depth + 1, text);
                }
                end(text, depth, '}');
            }
            case ArrayValue array
            when !array.isEmpty() -> {
                text.append("[\n");
                boolean first = true;
                for (Value item : array) {
                    separate(text, first);
                    first = false;
                    indent(text, depth + 1);
                    indented(item, depth + 1, text);
                }
                end(text, depth, ']');
            }
            default -> text.append(scalar(value));
        }
    }

    private static void separate(StringBuilder text, boolean first) {
        if (!first) {
            text.append(",\n");
        }
    }

    private static void indent(StringBuilder text, int depth) {
        text.repeat("  ", depth);
    }

    private static void end(StringBuilder text, int depth, char close) {
        text.append('\n');
        indent(text, depth);
        text.append(close);
    }

    private static String scalar(Value value) {
        return new String(JsonWriter.write(value), StandardCharsets.UTF_8);
    }
}
