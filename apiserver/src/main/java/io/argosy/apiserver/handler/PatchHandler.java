package io.argosy.apiserver.handler;

import io.argosy.apimodel.codec.Conform;
import io.argosy.apimodel.codec.JsonReader;
import io.argosy.apimodel.codec.JsonWriter;
import io.argosy.apimodel.codec.ParseNotes;
import io.argosy.apimodel.codec.YamlReader;
import io.argosy.apimodel.schema.ObjectSchema;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.status.FieldPath;
import io.argosy.apimodel.tree.NullValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.admission.Operation;
import io.argosy.apiserver.apply.FieldManager;
import io.argosy.apiserver.crd.schema.CustomTrees;
import io.argosy.apiserver.patch.JsonPatch;
import io.argosy.apiserver.patch.MergePatch;
import io.argosy.apiserver.patch.PatchException;
import io.argosy.apiserver.patch.StrategicMerge;
import io.argosy.apiserver.registry.generic.Change;
import io.argosy.apiserver.registry.generic.Stored;
import io.argosy.apiserver.registry.generic.WriteCall;
import io.argosy.apiserver.request.Accepted;
import io.argosy.apiserver.request.ApiRequest;
import io.argosy.apiserver.request.MediaRange;
import io.argosy.apiserver.request.WriteOptions;
import io.argosy.daemon.http.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Answers patches of all kinds, apply among them. */
public final class PatchHandler {

    private static final String UNKNOWN = "unknown field \"";

    private final ReadHandler reads;
    private final WriteHandler writes;

    public PatchHandler(ReadHandler reads, WriteHandler writes) {
        this.reads = reads;
        this.writes = writes;
    }

    /** The kinds of patches, by their media types. */
    enum Type {
        JSON("application/json-patch+json"),
        MERGE("application/merge-patch+json"),
        STRATEGIC("application/strategic-merge-patch+json"),
        APPLY("application/apply-patch+yaml");

        private final String mediaType;

        Type(String mediaType) {
            this.mediaType = mediaType;
        }

        static Type of(ApiRequest request, boolean builtIn) {
            String given = MediaRange.parse(request.http().headers().get("Content-Type"))
                    .name();
            for (Type type : values()) {
                if (type != STRATEGIC || builtIn) {
                    if (type.mediaType.equals(given)) {
                        return type;
                    }
                }
            }
            throw new ApiException(
                    415, "UnsupportedMediaType", "415: Unsupported Media Type", ApiException.Details.NONE);
        }
    }

    /** @param notes what strict decoding finds wrong with it; told with what is wrong with its outcome */
    private record Parsed(Type type, Value patch, List<String> notes) {}

    void patch(ApiRequest request, HttpExchange exchange, Served served) throws IOException {
        Accepted accepted = Accepted.of(request.http(), request.query(), served.offer(), false);
        Type type = Type.of(request, served.definition().builtIn());
        ReadHandler.key(request, served);
        WriteOptions options = WriteOptions.of(
                type == Type.APPLY ? WriteOptions.Kind.APPLY : WriteOptions.Kind.PATCH, request.query());
        byte[] body = Bodies.read(exchange);
        ParseNotes problems = new ParseNotes();
        Value patch = read(type, body, problems);
        if (type == Type.APPLY) {
            BodyDecoder.report(problems, served.kind(), options.fieldValidation(), request.notes());
        }
        WriteCall call = WriteHandler.call(request, served, options);
        Change change = type == Type.APPLY
                ? applying(call, request, served, patch, options)
                : patching(call, request, served, new Parsed(type, patch, problems.texts()), options);
        Stored stored = served.stored().update(call, change);
        reads.object(request, exchange, served, stored.created() ? 201 : 200, stored, accepted);
    }

    private static Value read(Type type, byte[] body, ParseNotes problems) {
        try {
            return type == Type.APPLY ? YamlReader.read(body, problems) : JsonReader.read(body, problems);
        } catch (ApiException unreadable) {
            throw type == Type.APPLY
                    ? ApiException.badRequest(
                            "error decoding YAML: error converting YAML to JSON: " + unreadable.message())
                    : ApiException.badRequest("error decoding patch: " + unreadable.message());
        }
    }

    private Change patching(WriteCall call, ApiRequest request, Served served, Parsed patch, WriteOptions options) {
        FieldManager managers = writes.manager(served, call.subresource());
        String manager = ManagerNames.of(request, options);
        return old -> {
            ObjectValue live = served.form()
                    .fromStored(old.orElseThrow(
                            () -> ApiException.notFound(served.definition().groupResource(), call.name())));
            ObjectValue patched = patched(live, patch, served);
            checkIdentity(patched, live, served);
            conform(patched, patch.notes(), served, options, request);
            ObjectDefaults.fill(patched, served.version());
            OwnerReferences.deduplicate(patched, request.notes());
            ObjectValue managed = managers.update(Optional.of(live), patched, manager);
            writes.mutate(call, Operation.UPDATE, managed, Optional.of(live));
            return served.form().toStored(managed);
        };
    }

    private static void checkIdentity(ObjectValue patched, ObjectValue live, Served served) {
        String name = patched.string("metadata", "name").orElse("");
        if (!patched.string("kind").equals(live.string("kind"))
                || !patched.string("apiVersion").equals(live.string("apiVersion"))) {
            throw invalidPatch(
                    patched,
                    "no kind \"" + patched.string("kind").orElse("") + "\" is registered for version \""
                            + patched.string("apiVersion").orElse("") + "\" where " + served.kind() + " is served");
        }
        if (!patched.string("metadata", "namespace").equals(live.string("metadata", "namespace"))) {
            throw ApiException.badRequest(
                    "the namespace of the provided object does not match the namespace sent on the request");
        }
        if (!name.equals(live.string("metadata", "name").orElse(""))) {
            throw ApiException.badRequest("the name of the object (" + name + ") does not match the name on the URL ("
                    + live.string("metadata", "name").orElse("") + ")");
        }
    }

    /** A patch whose outcome is no object of the kind. */
    private static ApiException invalidPatch(ObjectValue patched, String why) {
        String shown = new String(JsonWriter.write(patched), StandardCharsets.UTF_8);
        return ApiException.invalid("", "", "", List.of(FieldError.invalid(FieldPath.of("patch"), shown, why)));
    }

    private static void conform(
            ObjectValue patched, List<String> notes, Served served, WriteOptions options, ApiRequest request) {
        ObjectValue shown = patched.copy();
        ParseNotes problems = new ParseNotes();
        notes.forEach(problems::add);
        ObjectSchema schema = served.version().schema().get();
        if (CustomTrees.isCustom(schema)) {
            CustomTrees.prune(patched, schema, problems);
        } else {
            try {
                Conform.conform(patched, schema, problems);
            } catch (ApiException wrong) {
                throw invalidPatch(shown, wrong.message());
            }
        }
        if (options.fieldValidation() == WriteOptions.FieldValidation.STRICT && !problems.isEmpty()) {
            throw invalidPatch(shown, problems.strictError());
        }
        BodyDecoder.report(problems, served.kind(), options.fieldValidation(), request.notes());
    }

    private static ObjectValue patched(ObjectValue live, Parsed parsed, Served served) {
        Type type = parsed.type();
        Value patch = parsed.patch();
        try {
            return switch (type) {
                case JSON -> JsonPatch.apply(live, patch);
                case MERGE -> {
                    ObjectValue changed = live.copy();
                    MergePatch.apply(changed, object(patch));
                    yield changed;
                }
                case STRATEGIC ->
                    StrategicMerge.apply(
                            live,
                            patch instanceof NullValue ? new ObjectValue() : object(patch),
                            served.version().schema().get());
                case APPLY -> throw new IllegalArgumentException("apply is no patch of this kind");
            };
        } catch (PatchException failed) {
            if (type == Type.STRATEGIC) {
                throw new ApiException(500, "", String.valueOf(failed.getMessage()), ApiException.Details.NONE);
            }
            throw new ApiException(
                    422,
                    "Invalid",
                    "the server rejected our request due to an error in our request",
                    ApiException.Details.NONE);
        }
    }

    private static ObjectValue object(Value patch) {
        if (patch instanceof ObjectValue object) {
            return object;
        }
        throw ApiException.badRequest("error decoding patch: json: cannot unmarshal " + patch.typeName()
                + " into Go value of type map[string]interface {}");
    }

    private Change applying(WriteCall call, ApiRequest request, Served served, Value patch, WriteOptions options) {
        if (!(patch instanceof ObjectValue config)) {
            throw ApiException.badRequest("error decoding YAML: the configuration is no object");
        }
        checkConfiguration(config, request, served);
        checkTypes(config, request, served);
        FieldManager managers = writes.manager(served, call.subresource());
        return new Change() {
            @Override
            public ObjectValue apply(Optional<ObjectValue> old) {
                Optional<ObjectValue> live = old.map(tree -> served.form().fromStored(tree));
                if (live.isEmpty()) {
                    writes.authorizeCreate(request);
                }
                ObjectValue merged = managers.apply(
                        live.orElseGet(() -> empty(request, served)),
                        config,
                        options.fieldManager(),
                        options.force().orElse(false));
                ObjectDefaults.fill(merged, served.version());
                writes.mutate(call, live.isPresent() ? Operation.UPDATE : Operation.CREATE, merged, live);
                OwnerReferences.deduplicate(merged, request.notes());
                return served.form().toStored(merged);
            }

            @Override
            public Optional<String> requiredUid() {
                return Optional.of(config.string("metadata", "uid").orElse("")).filter(uid -> !uid.isEmpty());
            }

            @Override
            public boolean creates() {
                return call.subresource().isEmpty();
            }
        };
    }

    /** A configuration is merged as it is; that it fits the type is checked on a copy. */
    private static void checkTypes(ObjectValue config, ApiRequest request, Served served) {
        ParseNotes problems = new ParseNotes();
        String failed = "failed to create typed patch object ("
                + request.target().namespace() + "/" + request.target().name() + "; " + served.kind() + "): ";
        try {
            Conform.conform(config.copy(), served.version().schema().get(), problems);
        } catch (ApiException wrong) {
            throw new ApiException(500, "", failed + wrong.message(), ApiException.Details.NONE);
        }
        for (String problem : problems.texts()) {
            if (problem.startsWith(UNKNOWN)) {
                String path = problem.substring(UNKNOWN.length(), problem.length() - 1);
                throw new ApiException(
                        500, "", failed + "." + path + ": field not declared in schema", ApiException.Details.NONE);
            }
        }
    }

    private static ObjectValue empty(ApiRequest request, Served served) {
        ObjectValue object = new ObjectValue()
                .put("apiVersion", served.kind().apiVersion())
                .put("kind", served.kind().kind());
        ObjectValue metadata = object.objectOrNew("metadata");
        metadata.put("name", request.target().name());
        if (served.definition().namespaced()) {
            metadata.put("namespace", request.target().namespace());
        }
        return object;
    }

    private static void checkConfiguration(ObjectValue config, ApiRequest request, Served served) {
        String apiVersion = config.string("apiVersion").orElse("");
        String kind = config.string("kind").orElse("");
        if (!apiVersion.equals(served.kind().apiVersion())
                || !kind.equals(served.kind().kind())) {
            String version = apiVersion.indexOf('/') < 0 ? "/" + apiVersion : apiVersion;
            throw ApiException.badRequest("invalid object type: " + version + ", Kind=" + kind);
        }
        String name = config.string("metadata", "name").orElse("");
        if (!name.isEmpty() && !name.equals(request.target().name())) {
            throw ApiException.badRequest("the name of the object (" + name + ") does not match the name on the URL ("
                    + request.target().name() + ")");
        }
        ObjectValue metadata = config.objectOrNew("metadata");
        metadata.put("name", request.target().name());
        WriteHandler.placeInNamespace(config, request, served);
    }
}
