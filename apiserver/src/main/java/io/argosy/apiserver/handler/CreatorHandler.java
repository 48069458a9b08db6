package io.argosy.apiserver.handler;

import io.argosy.apimodel.definition.SubresourceDefinition;
import io.argosy.apimodel.definition.VersionDefinition;
import io.argosy.apimodel.meta.GroupVersionKind;
import io.argosy.apimodel.schema.ObjectSchema;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.admission.AdmissionChain;
import io.argosy.apiserver.admission.AdmissionRequest;
import io.argosy.apiserver.admission.Operation;
import io.argosy.apiserver.registry.Creator;
import io.argosy.apiserver.registry.generic.Metadata;
import io.argosy.apiserver.registry.generic.WriteCall;
import io.argosy.apiserver.request.Accepted;
import io.argosy.apiserver.request.ApiRequest;
import io.argosy.apiserver.request.Format;
import io.argosy.apiserver.request.WriteOptions;
import io.argosy.daemon.http.HttpExchange;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Answers POSTs whose object is not stored: reviews, bindings, evictions, tokens. */
public final class CreatorHandler {

    private final Supplier<AdmissionChain> admission;
    private final Function<GroupVersionKind, Optional<ObjectSchema>> schemas;

    /** @param schemas of kinds that are no resource's own: Eviction, TokenRequest, Scale */
    public CreatorHandler(
            Supplier<AdmissionChain> admission, Function<GroupVersionKind, Optional<ObjectSchema>> schemas) {
        this.admission = admission;
        this.schemas = schemas;
    }

    void create(
            ApiRequest request,
            HttpExchange exchange,
            Served served,
            Creator creator,
            Optional<SubresourceDefinition> subresource)
            throws IOException, InterruptedException {
        Accepted accepted = Accepted.of(request.http(), request.query(), Accepted.Offer.DOCUMENT, false);
        GroupVersionKind kind = subresource.map(SubresourceDefinition::kind).orElse(served.kind());
        ObjectSchema schema = subresource.isEmpty()
                ? served.version().schema().get()
                : schemas.apply(kind).orElseThrow(() -> ApiException.internal("no schema of " + kind));
        Format format = WriteHandler.bodyFormat(request, served);
        WriteOptions options = WriteOptions.of(WriteOptions.Kind.CREATE, request.query());
        byte[] body = Bodies.read(exchange);
        ObjectValue object = BodyDecoder.decode(body, format, kind, schema, options.fieldValidation(), request.notes());
        VersionDefinition version = served.version();
        if (subresource.isEmpty()) {
            ObjectDefaults.fill(object, version);
        }
        if (served.definition().namespaced()) {
            place(object, request);
        }
        WriteCall plain = WriteHandler.call(request, served, options);
        WriteCall call = new WriteCall(
                plain.resource(),
                kind,
                plain.subresource(),
                plain.namespace(),
                plain.name(),
                plain.options(),
                plain.dryRun(),
                plain.user(),
                plain.notes(),
                plain.shown());
        AdmissionChain chain = admission.get();
        AdmissionRequest seen = call.admission(Operation.CREATE, Optional.of(object), Optional.empty());
        chain.mutate(seen);
        ObjectValue answer =
                creator.create(new Creator.Call(request, object, options.dryRun(), () -> chain.validate(seen)));
        boolean status = answer.string("kind").orElse("").equals("Status");
        int code = status ? answer.integer("code").orElse(201L).intValue() : 201;
        Optional<ObjectSchema> shown = status
                ? Optional.of(TreeCodec.metaSchema("Status"))
                : answer.string("kind").orElse("").equals(kind.kind()) ? Optional.of(schema) : Optional.empty();
        Answers.tree(exchange, request.notes(), code, answer, accepted, shown);
    }

    private static void place(ObjectValue object, ApiRequest request) {
        Metadata metadata = Metadata.of(object);
        String expected = request.target().namespace();
        if (metadata.namespace().isEmpty()) {
            metadata.fields().put("namespace", expected);
        } else if (!metadata.namespace().equals(expected)) {
            throw ApiException.badRequest(
                    "the namespace of the provided object does not match the namespace sent on the request");
        }
    }
}
