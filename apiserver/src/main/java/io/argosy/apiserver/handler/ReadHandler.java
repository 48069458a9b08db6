package io.argosy.apiserver.handler;

import io.argosy.apimodel.meta.FieldSelector;
import io.argosy.apimodel.meta.GroupVersionKind;
import io.argosy.apimodel.meta.Names;
import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.apimodel.schema.ObjectSchema;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.status.FieldPath;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.cache.ListOptions;
import io.argosy.apiserver.cache.ListPage;
import io.argosy.apiserver.cache.ObjectImage;
import io.argosy.apiserver.cache.ReadVersion;
import io.argosy.apiserver.registry.generic.Stored;
import io.argosy.apiserver.request.Accepted;
import io.argosy.apiserver.request.ApiRequest;
import io.argosy.apiserver.request.ListQuery;
import io.argosy.apiserver.request.Query;
import io.argosy.daemon.http.HttpExchange;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Answers get and list, and writes single objects as all handlers do. */
public final class ReadHandler {

    private final TablePrinter tables;

    public ReadHandler(TablePrinter tables) {
        this.tables = tables;
    }

    void get(ApiRequest request, HttpExchange exchange, Served served) throws IOException, InterruptedException {
        Accepted accepted = Accepted.of(request.http(), request.query(), served.offer(), false);
        ObjectKey key = key(request, served);
        ObjectImage image = served.stored()
                .cache()
                .get(key, version(request.query().get("resourceVersion")))
                .orElseThrow(() -> ApiException.notFound(served.definition().groupResource(), key.name()));
        object(request, exchange, served, 200, new Stored.Image(image, false), accepted);
    }

    /** The key that a request names. */
    static ObjectKey key(ApiRequest request, Served served) {
        String name = request.target().name();
        List<String> problems = Names.pathSegment(name);
        if (!problems.isEmpty()) {
            throw ApiException.badRequest("Name parameter invalid: \"" + name + "\": " + String.join(";", problems));
        }
        String namespace = request.target().namespace();
        if (!served.definition().namespaced()) {
            return new ObjectKey("", name);
        }
        List<String> wrong = Names.pathSegment(namespace);
        if (!wrong.isEmpty()) {
            throw ApiException.badRequest(
                    "Namespace parameter invalid: \"" + namespace + "\": " + String.join(";", wrong));
        }
        return new ObjectKey(namespace, name);
    }

    private static ReadVersion version(String text) {
        if (text.isEmpty()) {
            return ReadVersion.MOST_RECENT;
        }
        try {
            return ReadVersion.of(Long.parseUnsignedLong(text));
        } catch (NumberFormatException _) {
            throw ApiException.invalid(
                    "",
                    "",
                    "",
                    List.of(FieldError.invalid(
                            FieldPath.of("resourceVersion"),
                            text,
                            "strconv.ParseUint: parsing \"" + text + "\": invalid syntax")));
        }
    }

    void list(ApiRequest request, HttpExchange exchange, Served served) throws IOException, InterruptedException {
        Accepted accepted =
                Accepted.of(request.http(), request.query(), served.offer().withWatches(), false);
        ListQuery query = ListQuery.of(request.query(), false);
        ListPage page = served.stored().cache().list(options(request, served, query));
        if (accepted.as().isEmpty()) {
            Answers.body(
                    exchange,
                    request.notes(),
                    200,
                    served.form().list(page, Answers.encoding(accepted.format())),
                    accepted);
            return;
        }
        GroupVersionKind as = accepted.as().get();
        if (as.kind().equals("Table")) {
            List<ObjectValue> objects = page.images().stream()
                    .map(image -> image.tree(served.form()))
                    .toList();
            ObjectValue table =
                    tables.table(served, objects, MetadataOnly.listMeta(page), includeObject(request.query()), true);
            table.put("apiVersion", as.apiVersion());
            Answers.tree(exchange, request.notes(), 200, table, accepted, Optional.empty());
            return;
        }
        ObjectValue list = MetadataOnly.list(page, served.form(), as);
        Answers.tree(exchange, request.notes(), 200, list, accepted, schema("PartialObjectMetadataList"));
    }

    private static Optional<ObjectSchema> schema(String kind) {
        return Optional.of(TreeCodec.metaSchema(kind));
    }

    /** Versions of custom resources have fields of their own that clients may select by. */
    static void checkFields(Served served, FieldSelector fields) {
        if (served.definition().builtIn()) {
            return;
        }
        List<String> known = served.version().selectableFields();
        for (FieldSelector.Term term : fields.terms()) {
            boolean always = term.field().equals("metadata.name")
                    || (term.field().equals("metadata.namespace")
                            && served.definition().namespaced());
            if (!always && !known.contains(term.field())) {
                throw ApiException.badRequest(
                        known.isEmpty()
                                ? "\"" + term.field() + "\" is not a known field selector: only \"metadata.name\","
                                        + " \"metadata.namespace\""
                                : "field label not supported: " + term.field());
            }
        }
    }

    static ListOptions options(ApiRequest request, Served served, ListQuery query) {
        checkFields(served, query.fields());
        return new ListOptions(
                namespace(request, served),
                name(request, query.fields()),
                query.labels(),
                query.fields(),
                query.limit(),
                query.continueToken(),
                query.resourceVersion(),
                query.resourceVersionMatch());
    }

    static Optional<String> namespace(ApiRequest request, Served served) {
        return served.definition().namespaced()
                ? Optional.of(request.target().namespace()).filter(text -> !text.isEmpty())
                : Optional.empty();
    }

    /** The one name that is wanted: of the path, or of a field selector. */
    static Optional<String> name(ApiRequest request, FieldSelector fields) {
        String name = request.target().name();
        if (name.isEmpty()) {
            return Optional.empty();
        }
        if (!fields.isEverything() && !fields.requiredValue("metadata.name").equals(Optional.of(name))) {
            throw ApiException.badRequest("fieldSelector metadata.name doesn't match requested name");
        }
        return Optional.of(name);
    }

    static String includeObject(Query query) {
        String include = query.get("includeObject");
        if (!List.of("", "None", "Metadata", "Object").contains(include)) {
            throw ApiException.invalid(
                    "meta.k8s.io",
                    "TableOptions",
                    "",
                    List.of(FieldError.invalid(
                            FieldPath.of("includeObject"), include, "must be 'Metadata', 'Object', 'None', or empty")));
        }
        return include.isEmpty() ? "Metadata" : include;
    }

    /** Answers with one object in the form that was asked for. */
    void object(ApiRequest request, HttpExchange exchange, Served served, int code, Stored stored, Accepted accepted)
            throws IOException {
        if (accepted.as().isPresent()) {
            ObjectValue tree = served.form().fromStored(stored.tree());
            transformed(request, exchange, served, code, tree, accepted);
            return;
        }
        var encoding = Answers.encoding(accepted.format());
        var body = switch (stored) {
            case Stored.Image(ObjectImage image, boolean _) -> image.body(served.form(), encoding);
            case Stored.Tree(ObjectValue object, boolean _) ->
                served.form().encode(served.form().fromStored(object), encoding);
        };
        Answers.body(exchange, request.notes(), code, body, accepted);
    }

    /** Answers with one object that is not the resource's own kind, or not stored. */
    void transformed(
            ApiRequest request, HttpExchange exchange, Served served, int code, ObjectValue tree, Accepted accepted)
            throws IOException {
        ObjectValue answer = transform(request, served, tree, accepted, true);
        Optional<ObjectSchema> schema = accepted.as().isEmpty()
                ? Optional.of(served.version().schema().get())
                : accepted.as().get().kind().equals("Table") ? Optional.empty() : schema("PartialObjectMetadata");
        Answers.tree(exchange, request.notes(), code, answer, accepted, schema);
    }

    /** An object as the kind that was asked for. */
    ObjectValue transform(ApiRequest request, Served served, ObjectValue tree, Accepted accepted, boolean headers) {
        if (accepted.as().isEmpty()) {
            return tree;
        }
        GroupVersionKind as = accepted.as().get();
        return switch (as.kind()) {
            case "Table" -> {
                ObjectValue meta = new ObjectValue();
                tree.string("metadata", "resourceVersion").ifPresent(version -> meta.put("resourceVersion", version));
                ObjectValue table = tables.table(served, List.of(tree), meta, includeObject(request.query()), headers);
                yield table.put("apiVersion", as.apiVersion());
            }
            case "PartialObjectMetadata" -> MetadataOnly.of(tree, as);
            default ->
                throw new ApiException(
                        406,
                        "NotAcceptable",
                        "you requested " + as.kind() + ", but the requested object is not a list (" + served.kind()
                                + ")",
                        ApiException.Details.NONE);
        };
    }
}
