package io.argosy.apiserver.handler;

import io.argosy.apimodel.codec.JsonReader;
import io.argosy.apimodel.codec.ParseNotes;
import io.argosy.apimodel.definition.SubresourceDefinition;
import io.argosy.apimodel.definition.SubresourceDefinition.ScalePaths;
import io.argosy.apimodel.meta.GroupVersionKind;
import io.argosy.apimodel.meta.LabelSelector;
import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.apimodel.schema.ObjectSchema;
import io.argosy.apimodel.schema.Types;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.status.FieldPath;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.StringValue;
import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.admission.Operation;
import io.argosy.apiserver.apply.FieldManager;
import io.argosy.apiserver.cache.ReadVersion;
import io.argosy.apiserver.patch.JsonPatch;
import io.argosy.apiserver.patch.MergePatch;
import io.argosy.apiserver.patch.PatchException;
import io.argosy.apiserver.patch.StrategicMerge;
import io.argosy.apiserver.registry.generic.Change;
import io.argosy.apiserver.registry.generic.Stored;
import io.argosy.apiserver.registry.generic.WriteCall;
import io.argosy.apiserver.request.Accepted;
import io.argosy.apiserver.request.ApiRequest;
import io.argosy.apiserver.request.WriteOptions;
import io.argosy.daemon.http.HttpExchange;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Answers requests for the scale of an object: its replicas under one form for all kinds ({@code autoscaling/v1}). */
public final class ScaleHandler {

    private static final GroupVersionKind SCALE = new GroupVersionKind("autoscaling", "v1", "Scale");

    private final WriteHandler writes;

    public ScaleHandler(WriteHandler writes) {
        this.writes = writes;
    }

    private static ObjectSchema schema() {
        return Types.byName("io.k8s.api.autoscaling.v1.Scale");
    }

    void handle(ApiRequest request, HttpExchange exchange, Served served, SubresourceDefinition subresource)
            throws IOException, InterruptedException {
        Accepted accepted = Accepted.of(request.http(), request.query(), Accepted.Offer.DOCUMENT, false);
        ScalePaths paths = subresource.scale().orElseThrow();
        ObjectKey key = ReadHandler.key(request, served);
        if (request.target().verb().equals("get")) {
            ObjectValue object = served.stored()
                    .cache()
                    .get(key, ReadVersion.MOST_RECENT)
                    .orElseThrow(() -> ApiException.notFound(served.definition().groupResource(), key.name()))
                    .tree(served.form());
            answer(request, exchange, scale(object, paths), accepted);
            return;
        }
        boolean patch = request.target().verb().equals("patch");
        WriteOptions options =
                WriteOptions.of(patch ? WriteOptions.Kind.PATCH : WriteOptions.Kind.UPDATE, request.query());
        UnaryOperator<ObjectValue> asked =
                patch ? patched(request, exchange) : replaced(request, exchange, served, options);
        WriteCall call = WriteHandler.call(request, served, options)
                .seenAs(SCALE, tree -> scale(served.form().fromStored(tree.copy()), paths));
        Stored stored = served.stored().update(call, changing(call, request, served, paths, asked, options));
        answer(request, exchange, scale(served.form().fromStored(stored.tree()), paths), accepted);
    }

    private static void answer(ApiRequest request, HttpExchange exchange, ObjectValue scale, Accepted accepted)
            throws IOException {
        Answers.tree(exchange, request.notes(), 200, scale, accepted, Optional.of(schema()));
    }

    private static UnaryOperator<ObjectValue> replaced(
            ApiRequest request, HttpExchange exchange, Served served, WriteOptions options) throws IOException {
        byte[] body = Bodies.read(exchange);
        ObjectValue scale = BodyDecoder.decode(
                body,
                WriteHandler.bodyFormat(request, served),
                SCALE,
                schema(),
                options.fieldValidation(),
                request.notes());
        return _ -> scale.copy();
    }

    private static UnaryOperator<ObjectValue> patched(ApiRequest request, HttpExchange exchange) throws IOException {
        PatchHandler.Type type = PatchHandler.Type.of(request, true);
        Value patch = JsonReader.read(Bodies.read(exchange));
        return scale -> {
            try {
                ObjectValue result = switch (type) {
                    case JSON -> JsonPatch.apply(scale, patch);
                    case MERGE, STRATEGIC -> {
                        if (!(patch instanceof ObjectValue change)) {
                            throw ApiException.badRequest("error decoding patch: not an object");
                        }
                        if (type == PatchHandler.Type.STRATEGIC) {
                            yield StrategicMerge.apply(scale, change, schema());
                        }
                        ObjectValue copy = scale.copy();
                        MergePatch.apply(copy, change);
                        yield copy;
                    }
                    case APPLY ->
                        throw ApiException.unsupportedMediaType(List.of(
                                "application/json-patch+json",
                                "application/merge-patch+json",
                                "application/strategic-merge-patch+json"));
                };
                BodyDecoder.conform(result, schema(), SCALE, new ParseNotes());
                return result;
            } catch (PatchException failed) {
                throw ApiException.badRequest(String.valueOf(failed.getMessage()));
            }
        };
    }

    private Change changing(
            WriteCall call,
            ApiRequest request,
            Served served,
            ScalePaths paths,
            UnaryOperator<ObjectValue> asked,
            WriteOptions options) {
        FieldManager managers = writes.manager(served, "scale");
        String manager = ManagerNames.of(request, options);
        return old -> {
            ObjectValue live = served.form()
                    .fromStored(old.orElseThrow(
                            () -> ApiException.notFound(served.definition().groupResource(), call.name())));
            ObjectValue before = scale(live, paths);
            ObjectValue scale = asked.apply(before.copy());
            check(scale);
            writes.mutate(call, Operation.UPDATE, scale, Optional.of(before));
            ObjectValue object = live.copy();
            put(
                    object,
                    paths.specReplicas(),
                    Value.of(scale.integer("spec", "replicas").orElse(0L)));
            scale.string("metadata", "resourceVersion")
                    .ifPresent(version -> object.objectOrNew("metadata").put("resourceVersion", version));
            return served.form().toStored(managers.update(Optional.of(live), object, manager));
        };
    }

    private static void check(ObjectValue scale) {
        long replicas = scale.integer("spec", "replicas").orElse(0L);
        if (replicas < 0) {
            throw ApiException.invalid(
                    "autoscaling",
                    "Scale",
                    scale.string("metadata", "name").orElse(""),
                    List.of(FieldError.invalid(
                            FieldPath.of("spec", "replicas"), replicas, "must be greater than or equal to 0")));
        }
    }

    /** The scale of an object in the version served. */
    private static ObjectValue scale(ObjectValue object, ScalePaths paths) {
        ObjectValue scale = new ObjectValue().put("kind", "Scale").put("apiVersion", "autoscaling/v1");
        ObjectValue metadata = scale.objectOrNew("metadata");
        for (String field : List.of("name", "namespace", "uid", "resourceVersion", "creationTimestamp")) {
            object.at("metadata", field).ifPresent(value -> metadata.put(field, value));
        }
        ObjectValue spec = scale.objectOrNew("spec");
        at(object, paths.specReplicas()).ifPresent(value -> spec.put("replicas", value));
        ObjectValue status = scale.objectOrNew("status");
        status.put("replicas", at(object, paths.statusReplicas()).orElse(Value.of(0)));
        if (!paths.labelSelector().isEmpty()) {
            at(object, paths.labelSelector()).ifPresent(selector -> status.put("selector", selectorText(selector)));
        }
        return scale;
    }

    private static String selectorText(Value selector) {
        return switch (selector) {
            case StringValue text -> text.value();
            case ObjectValue object
            when object.has("matchLabels") || object.has("matchExpressions") ->
                LabelSelector.of(object).toString();
            case ObjectValue labels -> {
                java.util.Map<String, String> all = new java.util.TreeMap<>();
                labels.names().forEach(name -> labels.string(name).ifPresent(value -> all.put(name, value)));
                yield LabelSelector.ofLabels(all).toString();
            }
            default -> "";
        };
    }

    private static String[] steps(String path) {
        return Arrays.stream(path.split("\\.")).filter(step -> !step.isEmpty()).toArray(String[]::new);
    }

    private static Optional<Value> at(ObjectValue object, String path) {
        return object.at(steps(path));
    }

    private static void put(ObjectValue object, String path, Value value) {
        String[] steps = steps(path);
        ObjectValue place = object;
        for (int i = 0; i < steps.length - 1; i++) {
            place = place.objectOrNew(steps[i]);
        }
        place.put(steps[steps.length - 1], value);
    }
}
