package io.argosy.apiserver.registry.authentication;

import io.argosy.apimodel.meta.GroupResource;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.status.FieldPath;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.authn.token.TokenIssuer;
import io.argosy.apiserver.objects.ClusterObjects;
import io.argosy.apiserver.objects.Resources;
import io.argosy.apiserver.registry.Creator;
import io.argosy.apiserver.request.ApiRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** {@code serviceaccounts/token}: issues a token for a ServiceAccount, bound to an object or not. */
public final class TokenRequests implements Creator {

    private static final String GROUP = "authentication.k8s.io";
    private static final String KIND = "TokenRequest";

    /** What the kubelet asks for by default: such tokens may live a year, so that old clients go on working. */
    private static final long WARN_ONLY_SECONDS = 3607;

    private static final Duration EXTENDED = Duration.ofDays(365);

    /**
     * @param audiences of a request that names none
     * @param maximumLifetime zero for no limit
     * @param extend whether tokens of pods live longer than they say, see {@code --service-account-extend-token-expiration}
     */
    public record Settings(List<String> audiences, Duration maximumLifetime, boolean extend) {
        public Settings {
            audiences = List.copyOf(audiences);
        }
    }

    private record Bound(
            Optional<TokenIssuer.Reference> pod,
            Optional<TokenIssuer.Reference> secret,
            Optional<TokenIssuer.Reference> node) {
        static final Bound NOTHING = new Bound(Optional.empty(), Optional.empty(), Optional.empty());
    }

    private final ClusterObjects objects;
    private final TokenIssuer issuer;
    private final Settings settings;
    private final InstantSource clock;
    private final Supplier<UUID> ids;

    public TokenRequests(
            ClusterObjects objects, TokenIssuer issuer, Settings settings, InstantSource clock, Supplier<UUID> ids) {
        this.objects = objects;
        this.issuer = issuer;
        this.settings = settings;
        this.clock = clock;
        this.ids = ids;
    }

    @Override
    public ObjectValue create(Call call) {
        ApiRequest request = call.request();
        String namespace = request.target().namespace();
        String name = request.target().name();
        ObjectValue body = call.body();
        checkPlace(body, namespace, name);
        ObjectValue account = objects.findLatest(Resources.SERVICE_ACCOUNTS, namespace, name)
                .orElseThrow(() -> ApiException.notFound(Resources.SERVICE_ACCOUNTS, name));
        String uid = account.string("metadata", "uid").orElse("");
        checkUid(body, name, uid);
        Instant now = clock.instant();
        fill(body, namespace, name, uid, now);
        List<FieldError> errors = validate(body);
        if (!errors.isEmpty()) {
            throw ApiException.invalid(GROUP, KIND, "", errors);
        }
        call.admit().run();
        Bound bound = bound(body, namespace, name);
        long seconds = limitedSeconds(body, request);
        List<String> audiences = audiences(body);
        boolean extended = settings.extend()
                && bound.pod().isPresent()
                && seconds == WARN_ONLY_SECONDS
                && settings.audiences().containsAll(audiences);
        String token = issuer.sign(new TokenIssuer.Claims(
                ids.get().toString(),
                namespace,
                new TokenIssuer.Reference(name, uid),
                bound.pod(),
                bound.secret(),
                bound.node(),
                audiences,
                now,
                extended ? EXTENDED : Duration.ofSeconds(seconds),
                extended ? Optional.of(now.plusSeconds(seconds)) : Optional.empty()));
        return body.put(
                "status",
                new ObjectValue()
                        .put("expirationTimestamp", second(now.plusSeconds(seconds)))
                        .put("token", token));
    }

    private static String second(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static void checkPlace(ObjectValue body, String namespace, String name) {
        String bodyName = body.string("metadata", "name").orElse("");
        String bodyNamespace = body.string("metadata", "namespace").orElse("");
        if (!bodyName.isEmpty() && !bodyName.equals(name)) {
            throw ApiException.invalid(
                    GROUP,
                    KIND,
                    name,
                    List.of(FieldError.invalid(
                            FieldPath.of("metadata", "name"),
                            bodyName,
                            "must match the service account name if specified")));
        }
        if (!bodyNamespace.isEmpty() && !bodyNamespace.equals(namespace)) {
            throw ApiException.invalid(
                    GROUP,
                    KIND,
                    name,
                    List.of(FieldError.invalid(
                            FieldPath.of("metadata", "namespace"),
                            bodyNamespace,
                            "must match the service account namespace if specified")));
        }
    }

    private static void checkUid(ObjectValue body, String name, String uid) {
        String asked = body.string("metadata", "uid").orElse("");
        if (!asked.isEmpty() && !asked.equals(uid)) {
            throw ApiException.conflict(
                    new GroupResource(GROUP, KIND),
                    name,
                    "the UID in the token request (" + asked + ") does not match the UID of the service account (" + uid
                            + ")");
        }
    }

    private void fill(ObjectValue body, String namespace, String name, String uid, Instant now) {
        ObjectValue spec = body.objectOrNew("spec");
        if (spec.array("audiences").map(ArrayValue::isEmpty).orElse(true)) {
            spec.put("audiences", ArrayValue.ofStrings(settings.audiences()));
        }
        body.objectOrNew("metadata")
                .put("name", name)
                .put("namespace", namespace)
                .put("uid", uid)
                .put("creationTimestamp", second(now));
        body.remove("status");
    }

    static List<FieldError> validate(ObjectValue body) {
        long seconds = body.integer("spec", "expirationSeconds").orElse(3600L);
        FieldPath path = FieldPath.of("spec", "expirationSeconds");
        List<FieldError> errors = new ArrayList<>();
        if (seconds < 600) {
            errors.add(FieldError.invalid(path, seconds, "may not specify a duration less than 10 minutes"));
        }
        if (seconds > 1L << 32) {
            errors.add(FieldError.invalid(path, seconds, "may not specify a duration larger than 2^32 seconds"));
        }
        return errors;
    }

    private long limitedSeconds(ObjectValue body, ApiRequest request) {
        long seconds = body.integer("spec", "expirationSeconds").orElse(3600L);
        long maximum = settings.maximumLifetime().toSeconds();
        if (maximum > 0 && seconds > maximum) {
            request.notes()
                    .warn("requested expiration of " + seconds + " seconds shortened to " + maximum + " seconds");
            body.objectOrNew("spec").put("expirationSeconds", maximum);
            return maximum;
        }
        return seconds;
    }

    private static List<String> audiences(ObjectValue body) {
        return body.array("spec", "audiences")
                .map(array -> array.strings().toList())
                .orElse(List.of());
    }

    private Bound bound(ObjectValue body, String namespace, String account) {
        Optional<ObjectValue> reference = body.object("spec", "boundObjectRef");
        if (reference.isEmpty()) {
            return Bound.NOTHING;
        }
        String kind = reference.get().string("kind").orElse("");
        String apiVersion = reference.get().string("apiVersion").orElse("");
        String name = reference.get().string("name").orElse("");
        String uid = reference.get().string("uid").orElse("");
        if (!apiVersion.equals("v1") && !apiVersion.isEmpty()) {
            throw ApiException.badRequest("cannot bind token to object of type " + apiVersion + ", Kind=" + kind);
        }
        return switch (kind) {
            case "Pod" -> boundToPod(get(Resources.PODS, kind, namespace, name, uid), account);
            case "Secret" ->
                new Bound(
                        Optional.empty(),
                        Optional.of(referenceTo(get(Resources.SECRETS, kind, namespace, name, uid))),
                        Optional.empty());
            case "Node" ->
                new Bound(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(referenceTo(get(Resources.NODES, kind, "", name, uid))));
            default ->
                throw ApiException.badRequest("cannot bind token to object of type " + apiVersion + ", Kind=" + kind);
        };
    }

    private Bound boundToPod(ObjectValue pod, String account) {
        if (!pod.string("spec", "serviceAccountName").orElse("").equals(account)) {
            throw ApiException.badRequest("cannot bind token for serviceaccount \"" + account
                    + "\" to pod running with different serviceaccount name.");
        }
        Optional<TokenIssuer.Reference> node = pod.string("spec", "nodeName")
                .filter(name -> !name.isEmpty())
                .map(name -> objects.find(Resources.NODES, "", name)
                        .or(() -> objects.findLatest(Resources.NODES, "", name))
                        .map(TokenRequests::referenceTo)
                        .orElse(new TokenIssuer.Reference(name, "")));
        return new Bound(Optional.of(referenceTo(pod)), Optional.empty(), node);
    }

    private ObjectValue get(GroupResource resource, String kind, String namespace, String name, String uid) {
        ObjectValue object =
                objects.findLatest(resource, namespace, name).orElseThrow(() -> ApiException.notFound(resource, name));
        if (!uid.isEmpty() && !uid.equals(object.string("metadata", "uid").orElse(""))) {
            throw ApiException.conflict(
                    new GroupResource("", kind),
                    name,
                    "the UID in the bound object reference (" + uid
                            + ") does not match the UID in record. The object might have been deleted and then recreated");
        }
        return object;
    }

    private static TokenIssuer.Reference referenceTo(ObjectValue object) {
        return new TokenIssuer.Reference(
                object.string("metadata", "name").orElse(""),
                object.string("metadata", "uid").orElse(""));
    }
}
