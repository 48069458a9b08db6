package io.argosy.apiserver.handler;

import io.argosy.apimodel.codec.Conform;
import io.argosy.apimodel.codec.Envelope;
import io.argosy.apimodel.codec.JsonReader;
import io.argosy.apimodel.codec.ParseNotes;
import io.argosy.apimodel.codec.ProtobufReader;
import io.argosy.apimodel.codec.YamlReader;
import io.argosy.apimodel.meta.GroupVersion;
import io.argosy.apimodel.meta.GroupVersionKind;
import io.argosy.apimodel.schema.ObjectSchema;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.tree.IntegerValue;
import io.argosy.apimodel.tree.NullValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.crd.schema.CustomTrees;
import io.argosy.apiserver.request.Format;
import io.argosy.apiserver.request.RequestNotes;
import io.argosy.apiserver.request.WriteOptions.FieldValidation;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/** Turns the body of a request into the tree of an object of a known kind. */
public final class BodyDecoder {

    private static final int SUMMARY = 30;
    private static final int EMPTY_ENVELOPE = 4;
    private static final String YAML_ERRORS = "yaml: unmarshal errors:\n";
    private static final String NO_KIND = "couldn't get version/kind; json parse error: ";

    private BodyDecoder() {}

    /**
     * Reads, checks and conforms a body. What is missing of apiVersion and kind is filled in.
     *
     * @param kind what the body must be
     */
    public static ObjectValue decode(
            byte[] body,
            Format format,
            GroupVersionKind kind,
            ObjectSchema schema,
            FieldValidation validation,
            RequestNotes notes) {
        ParseNotes problems = new ParseNotes();
        ObjectValue tree = read(body, format, kind, schema, problems);
        GroupVersionKind given = given(tree, kind, body);
        if (!given.equals(kind)) {
            throw mismatch(given, kind);
        }
        tree.put("apiVersion", kind.apiVersion());
        tree.put("kind", kind.kind());
        if (format != Format.PROTOBUF) {
            conform(tree, schema, kind, problems);
        }
        report(problems, kind, validation, notes);
        return tree;
    }

    /** What a body in protobuf or YAML says it is; empty when it says nothing. */
    static Optional<GroupVersionKind> kindOf(byte[] body, Format format) {
        String apiVersion = "";
        String kind = "";
        if (format == Format.PROTOBUF && Envelope.isEnvelope(body)) {
            Envelope envelope = Envelope.read(body);
            apiVersion = envelope.apiVersion();
            kind = envelope.kind();
        } else if (format == Format.YAML && YamlReader.read(body) instanceof ObjectValue object) {
            apiVersion = object.string("apiVersion").orElse("");
            kind = object.string("kind").orElse("");
        }
        return kind.isEmpty()
                ? Optional.empty()
                : Optional.of(GroupVersion.parse(apiVersion).kind(kind));
    }

    /** Makes a tree what the type allows, with the errors that a body of that kind has. */
    static void conform(ObjectValue tree, ObjectSchema schema, GroupVersionKind kind, ParseNotes problems) {
        if (CustomTrees.isCustom(schema)) {
            CustomTrees.prune(tree, schema, problems);
            return;
        }
        try {
            Conform.conform(tree, schema, problems);
        } catch (ApiException wrong) {
            throw cannotBeHandled(kind, kind, wrong.message());
        }
    }

    /** Tells strict-decoding problems as the client wants them told. */
    static void report(ParseNotes problems, GroupVersionKind kind, FieldValidation validation, RequestNotes notes) {
        if (problems.isEmpty()) {
            return;
        }
        switch (validation) {
            case IGNORE -> {}
            case WARN -> problems.texts().forEach(text -> warn(text, notes));
            case STRICT -> throw cannotBeHandled(kind, kind, problems.strictError());
        }
    }

    /** Warnings name each line of a YAML document by itself. */
    private static void warn(String text, RequestNotes notes) {
        if (text.startsWith(YAML_ERRORS)) {
            text.substring(YAML_ERRORS.length()).lines().map(String::strip).forEach(notes::warn);
        } else {
            notes.warn(text);
        }
    }

    private static ObjectValue read(
            byte[] body, Format format, GroupVersionKind kind, ObjectSchema schema, ParseNotes problems) {
        try {
            return switch (format) {
                case JSON -> object(JsonReader.read(body, problems));
                case YAML -> object(YamlReader.read(body, problems));
                case PROTOBUF -> protobuf(body, kind, schema);
            };
        } catch (ApiException unreadable) {
            throw ApiException.badRequest("the object provided is unrecognized (must be of type " + kind.kind() + "): "
                    + (format == Format.JSON && !unreadable.message().startsWith(NO_KIND) ? NO_KIND : "")
                    + unreadable.message() + " (" + summary(body) + ")");
        }
    }

    private static ObjectValue object(Value value) {
        if (value instanceof ObjectValue object) {
            return object;
        }
        if (value == NullValue.NULL) {
            return new ObjectValue();
        }
        throw ApiException.badRequest("couldn't get version/kind; json parse error: json: cannot unmarshal "
                + (value instanceof IntegerValue ? "number" : value.typeName())
                + " into Go value of type struct { APIVersion string \"json:\\\"apiVersion,omitempty\\\"\"; Kind string"
                + " \"json:\\\"kind,omitempty\\\"\" }");
    }

    private static ObjectValue protobuf(byte[] body, GroupVersionKind kind, ObjectSchema schema) {
        if (Envelope.isEnvelope(body) && body.length == EMPTY_ENVELOPE) {
            throw ApiException.badRequest("empty body");
        }
        Envelope envelope = Envelope.read(body);
        GroupVersionKind given = new GroupVersionKind(
                GroupVersion.parse(envelope.apiVersion()).group(),
                GroupVersion.parse(envelope.apiVersion()).version(),
                envelope.kind());
        if (!given.kind().isEmpty() && !given.equals(kind)) {
            ObjectValue other = new ObjectValue();
            return other.put("apiVersion", given.apiVersion()).put("kind", given.kind());
        }
        ObjectValue head =
                new ObjectValue().put("apiVersion", kind.apiVersion()).put("kind", kind.kind());
        ProtobufReader.read(envelope.bytes(), envelope.from(), envelope.to(), schema)
                .fields()
                .forEach((name, value) -> {
                    if (!name.equals("apiVersion") && !name.equals("kind")) {
                        head.put(name, value);
                    }
                });
        return head;
    }

    private static GroupVersionKind given(ObjectValue tree, GroupVersionKind kind, byte[] body) {
        String apiVersion = tree.string("apiVersion").orElse("");
        String name = tree.string("kind").orElse("");
        GroupVersion version;
        try {
            version = apiVersion.isEmpty() ? kind.groupVersion() : GroupVersion.parse(apiVersion);
        } catch (IllegalArgumentException malformed) {
            throw ApiException.badRequest("the object provided is unrecognized (must be of type " + kind.kind() + "): "
                    + malformed.getMessage() + " (" + summary(body) + ")");
        }
        return version.kind(name.isEmpty() ? kind.kind() : name);
    }

    private static ApiException mismatch(GroupVersionKind given, GroupVersionKind kind) {
        return cannotBeHandled(
                given,
                kind,
                "no kind \"" + given.kind() + "\" is registered for version \"" + given.apiVersion()
                        + "\" in scheme \"pkg/api/legacyscheme/scheme.go:30\"");
    }

    private static ApiException cannotBeHandled(GroupVersionKind given, GroupVersionKind kind, String why) {
        return ApiException.badRequest(given.kind() + " in version \"" + given.version() + "\" cannot be handled as a "
                + kind.kind() + ": " + why);
    }

    private static String summary(byte[] body) {
        if (body.length == 0) {
            return "<empty>";
        }
        int length = Math.min(SUMMARY, body.length);
        if (body[0] == '{') {
            String text = new String(body, 0, length, StandardCharsets.UTF_8);
            return body.length > SUMMARY ? text + " ..." : text;
        }
        String hex = HexFormat.of().formatHex(body, 0, length);
        return body.length > SUMMARY ? hex + " ..." : hex;
    }
}
