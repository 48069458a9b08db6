package io.argosy.apiserver.handler;

import io.argosy.apimodel.codec.JsonReader;
import io.argosy.apimodel.codec.ParseNotes;
import io.argosy.apimodel.meta.GroupVersionKind;
import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.cache.ListPage;
import io.argosy.apiserver.cache.ObjectImage;
import io.argosy.apiserver.registry.generic.DeleteOutcome;
import io.argosy.apiserver.registry.generic.Metadata;
import io.argosy.apiserver.registry.generic.ResourceRegistry;
import io.argosy.apiserver.registry.generic.Stored;
import io.argosy.apiserver.registry.generic.WriteCall;
import io.argosy.apiserver.request.Accepted;
import io.argosy.apiserver.request.ApiRequest;
import io.argosy.apiserver.request.DeleteOptions;
import io.argosy.apiserver.request.Format;
import io.argosy.apiserver.request.ListQuery;
import io.argosy.apiserver.request.WriteOptions.FieldValidation;
import io.argosy.daemon.http.HttpExchange;
import java.io.IOException;
import java.util.Optional;

/** Answers delete and deletecollection. */
public final class DeleteHandler {

    private static final GroupVersionKind OPTIONS = new GroupVersionKind("meta.k8s.io", "v1", "DeleteOptions");

    private final ReadHandler reads;

    public DeleteHandler(ReadHandler reads) {
        this.reads = reads;
    }

    void delete(ApiRequest request, HttpExchange exchange, Served served) throws IOException {
        Accepted accepted = Accepted.of(request.http(), request.query(), served.offer(), false);
        ObjectKey key = ReadHandler.key(request, served);
        DeleteOptions options = options(request, exchange, served);
        ResourceRegistry registry = served.stored();
        DeleteOutcome outcome = registry.delete(call(request, served, options), options);
        boolean cascadesLater = !outcome.gone()
                && options.orphanDependents().isPresent()
                && !options.orphanDependents().get();
        if (!outcome.gone()
                || served.definition().returnsDeleted()
                || registry.strategy("").returnsDeleted()) {
            Stored stored = new Stored.Tree(outcome.object(), false);
            reads.object(request, exchange, served, cascadesLater ? 202 : 200, stored, accepted);
            return;
        }
        ObjectValue status = StatusObject.deleted(
                key.name(),
                served.definition().group(),
                served.definition().names().plural(),
                Metadata.of(outcome.object()).uid());
        Accepted plain = new Accepted(accepted.format(), accepted.pretty(), Optional.empty());
        Answers.tree(exchange, request.notes(), 200, status, plain, Optional.of(TreeCodec.metaSchema("Status")));
    }

    void deleteCollection(ApiRequest request, HttpExchange exchange, Served served)
            throws IOException, InterruptedException {
        Accepted accepted = Accepted.of(request.http(), request.query(), served.offer(), false);
        DeleteOptions options = options(request, exchange, served);
        ListQuery query = ListQuery.of(request.query(), false);
        ListPage page = served.stored().cache().list(ReadHandler.options(request, served, query));
        WriteCall call = call(request, served, options);
        for (ObjectImage image : page.images()) {
            try {
                served.stored()
                        .delete(call.named(image.key().namespace(), image.key().name()), options);
            } catch (ApiException failed) {
                if (!failed.is(404)) {
                    throw failed;
                }
            }
        }
        if (accepted.as().isPresent() && !accepted.as().get().kind().equals("Table")) {
            ObjectValue list =
                    MetadataOnly.list(page, served.form(), accepted.as().get());
            Answers.tree(
                    exchange,
                    request.notes(),
                    200,
                    list,
                    accepted,
                    Optional.of(TreeCodec.metaSchema("PartialObjectMetadataList")));
            return;
        }
        Answers.body(
                exchange,
                request.notes(),
                200,
                served.form().list(page, Answers.encoding(accepted.format())),
                accepted);
    }

    private static WriteCall call(ApiRequest request, Served served, DeleteOptions options) {
        return new WriteCall(
                served.resource(),
                served.kind(),
                "",
                request.target().namespace(),
                request.target().name(),
                options.toObject(),
                options.dryRun(),
                request.user(),
                request.notes(),
                WriteHandler.shown(served));
    }

    private static DeleteOptions options(ApiRequest request, HttpExchange exchange, Served served) throws IOException {
        byte[] body = Bodies.read(exchange);
        if (body.length == 0) {
            return DeleteOptions.of(request.query());
        }
        Format format = Format.ofBody(
                request.http().headers().get("Content-Type"), served.offer().formats());
        return DeleteOptions.of(decode(body, format, request));
    }

    private static ObjectValue read(byte[] body) {
        try {
            return JsonReader.readObject(body);
        } catch (ApiException unreadable) {
            throw ApiException.badRequest("couldn't get version/kind; json parse error: " + unreadable.message());
        }
    }

    /** DeleteOptions may come as of any group's version: clients send the resource's own. */
    private static ObjectValue decode(byte[] body, Format format, ApiRequest request) {
        var schema = TreeCodec.metaSchema("DeleteOptions");
        if (format == Format.JSON) {
            ObjectValue object = read(body);
            String kind = object.string("kind").orElse("DeleteOptions");
            if (!kind.equals("DeleteOptions")) {
                throw ApiException.badRequest("no kind \"" + kind + "\" is registered for version \""
                        + object.string("apiVersion").orElse("")
                        + "\" in scheme \"k8s.io/apimachinery/pkg/apis/meta/internalversion/scheme/register.go:27\"");
            }
            BodyDecoder.conform(object, schema, OPTIONS, new ParseNotes());
            return object;
        }
        GroupVersionKind kind = BodyDecoder.kindOf(body, format).orElse(OPTIONS);
        return BodyDecoder.decode(body, format, kind, schema, FieldValidation.IGNORE, request.notes());
    }
}
