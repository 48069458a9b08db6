package io.argosy.apiserver.handler;

import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.admission.AdmissionChain;
import io.argosy.apiserver.admission.Operation;
import io.argosy.apiserver.apply.FieldManager;
import io.argosy.apiserver.authz.Attributes;
import io.argosy.apiserver.authz.Authorizer;
import io.argosy.apiserver.authz.Decision;
import io.argosy.apiserver.authz.Denials;
import io.argosy.apiserver.registry.generic.Change;
import io.argosy.apiserver.registry.generic.Metadata;
import io.argosy.apiserver.registry.generic.ResourceRegistry;
import io.argosy.apiserver.registry.generic.Stored;
import io.argosy.apiserver.registry.generic.WriteCall;
import io.argosy.apiserver.request.Accepted;
import io.argosy.apiserver.request.ApiRequest;
import io.argosy.apiserver.request.Format;
import io.argosy.apiserver.request.WriteOptions;
import io.argosy.daemon.http.HttpExchange;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Answers create and update, of resources and of the subresources that are parts of their objects. */
public final class WriteHandler {

    private final ReadHandler reads;
    private final Supplier<AdmissionChain> admission;
    private final Authorizer authorizer;
    private final InstantSource clock;

    public WriteHandler(
            ReadHandler reads, Supplier<AdmissionChain> admission, Authorizer authorizer, InstantSource clock) {
        this.reads = reads;
        this.admission = admission;
        this.authorizer = authorizer;
        this.clock = clock;
    }

    void create(ApiRequest request, HttpExchange exchange, Served served) throws IOException {
        Accepted accepted = Accepted.of(request.http(), request.query(), served.offer(), false);
        Format format = bodyFormat(request, served);
        WriteOptions options = WriteOptions.of(WriteOptions.Kind.CREATE, request.query());
        byte[] body = Bodies.read(exchange);
        ObjectValue object = decode(body, format, request, served, options);
        wipe(object);
        placeInNamespace(object, request, served);
        OwnerReferences.deduplicate(object, request.notes());
        WriteCall call = call(request, served, options);
        Stored stored = createObject(call, request, served, object, options);
        reads.object(request, exchange, served, 201, stored, accepted);
    }

    /** Creates of a decoded object of the version served; used by apply of an absent object too. */
    private Stored createObject(
            WriteCall call, ApiRequest request, Served served, ObjectValue object, WriteOptions options) {
        FieldManager managers = manager(served, "");
        ObjectValue managed = managers.update(Optional.empty(), object, ManagerNames.of(request, options));
        mutate(call, Operation.CREATE, managed, Optional.empty());
        OwnerReferences.deduplicate(managed, request.notes());
        return served.stored().create(call, served.form().toStored(managed));
    }

    void update(ApiRequest request, HttpExchange exchange, Served served) throws IOException {
        Accepted accepted = Accepted.of(request.http(), request.query(), served.offer(), false);
        Format format = bodyFormat(request, served);
        WriteOptions options = WriteOptions.of(WriteOptions.Kind.UPDATE, request.query());
        ReadHandler.key(request, served);
        byte[] body = Bodies.read(exchange);
        ObjectValue object = decode(body, format, request, served, options);
        placeInNamespace(object, request, served);
        checkName(object, request);
        OwnerReferences.deduplicate(object, request.notes());
        WriteCall call = call(request, served, options);
        Stored stored = served.stored().update(call, replacing(call, request, served, object, options));
        reads.object(request, exchange, served, stored.created() ? 201 : 200, stored, accepted);
    }

    private Change replacing(
            WriteCall call, ApiRequest request, Served served, ObjectValue object, WriteOptions options) {
        FieldManager managers = manager(served, call.subresource());
        String manager = ManagerNames.of(request, options);
        return new Change() {
            @Override
            public ObjectValue apply(Optional<ObjectValue> old) {
                Optional<ObjectValue> live = old.map(tree -> served.form().fromStored(tree));
                if (live.isEmpty()) {
                    authorizeCreate(request);
                }
                ObjectValue managed = managers.update(live, object.copy(), manager);
                mutate(call, live.isPresent() ? Operation.UPDATE : Operation.CREATE, managed, live);
                OwnerReferences.deduplicate(managed, request.notes());
                return served.form().toStored(managed);
            }

            @Override
            public Optional<String> requiredUid() {
                return Optional.of(Metadata.of(object).uid()).filter(uid -> !uid.isEmpty());
            }

            @Override
            public boolean once() {
                return !Metadata.of(object).resourceVersion().isEmpty();
            }
        };
    }

    void mutate(WriteCall call, Operation operation, ObjectValue object, Optional<ObjectValue> old) {
        AdmissionChain chain = admission.get();
        if (!chain.plugins().isEmpty()) {
            chain.mutate(call.admission(operation, Optional.of(object), old));
        }
    }

    FieldManager manager(Served served, String subresource) {
        ResourceRegistry registry = served.stored();
        return new FieldManager(
                new ServedVersions(served),
                served.groupVersion().toString(),
                subresource,
                registry.strategy(subresource).resetFields(),
                clock);
    }

    static WriteCall call(ApiRequest request, Served served, WriteOptions options) {
        return new WriteCall(
                served.resource(),
                served.kind(),
                request.target().subresource(),
                request.target().namespace(),
                request.target().name(),
                options.toObject(),
                options.dryRun(),
                request.user(),
                request.notes(),
                WriteHandler.shown(served));
    }

    /** Admission sees objects in the version of the request. */
    static UnaryOperator<ObjectValue> shown(Served served) {
        return tree -> served.registry().isEmpty() || served.form().isStorage()
                ? tree
                : served.form().fromStored(tree.copy());
    }

    /** Whoever creates by an update or an apply must be allowed to create. */
    void authorizeCreate(ApiRequest request) {
        Attributes attributes = Attributes.resource(
                request.user(),
                "create",
                request.target().namespace(),
                request.target().group(),
                request.target().version(),
                request.target().resource(),
                request.target().subresource(),
                request.target().name());
        Decision decision = authorizer.authorize(attributes);
        if (!decision.allowed()) {
            throw Denials.forbidden(attributes, decision.reason());
        }
    }

    static Format bodyFormat(ApiRequest request, Served served) {
        return Format.ofBody(
                request.http().headers().get("Content-Type"), served.offer().formats());
    }

    private static ObjectValue decode(
            byte[] body, Format format, ApiRequest request, Served served, WriteOptions options) {
        ObjectValue object = BodyDecoder.decode(
                body,
                format,
                served.kind(),
                served.version().schema().get(),
                options.fieldValidation(),
                request.notes());
        ObjectDefaults.fill(object, served.version());
        return object;
    }

    /** What clients may not set on new objects. */
    private static void wipe(ObjectValue object) {
        ObjectValue metadata = object.objectOrNew("metadata");
        metadata.remove("creationTimestamp");
        metadata.remove("deletionTimestamp");
        metadata.remove("deletionGracePeriodSeconds");
        metadata.remove("uid");
        metadata.remove("selfLink");
    }

    static void placeInNamespace(ObjectValue object, ApiRequest request, Served served) {
        String expected = served.definition().namespaced() ? request.target().namespace() : "";
        Metadata metadata = Metadata.of(object);
        if (metadata.namespace().isEmpty()) {
            if (!expected.isEmpty()) {
                metadata.fields().put("namespace", expected);
            }
        } else if (!metadata.namespace().equals(expected)) {
            throw ApiException.badRequest(
                    "the namespace of the provided object does not match the namespace sent on the request");
        }
    }

    private static void checkName(ObjectValue object, ApiRequest request) {
        Metadata metadata = Metadata.of(object);
        String name = request.target().name();
        if (!metadata.name().equals(name)) {
            throw ApiException.badRequest(
                    metadata.name().isEmpty()
                            ? "the name of the object (" + name
                                    + " based on URL) was undeterminable: name must be provided"
                            : "the name of the object (" + metadata.name() + ") does not match the name on the URL ("
                                    + name + ")");
        }
        String namespace = request.target().namespace();
        if (!namespace.isEmpty()
                && !metadata.namespace().isEmpty()
                && !metadata.namespace().equals(namespace)
                && !request.target().resource().equals("namespaces")) {
            throw ApiException.badRequest("the namespace of the object (" + metadata.namespace()
                    + ") does not match the namespace on the request (" + namespace + ")");
        }
    }
}
