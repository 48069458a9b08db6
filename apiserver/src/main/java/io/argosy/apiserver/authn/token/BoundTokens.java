package io.argosy.apiserver.authn.token;

import com.nimbusds.jwt.JWTClaimsSet;
import io.argosy.apimodel.meta.GroupResource;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.authn.UserInfo;
import io.argosy.apiserver.objects.ClusterObjects;
import io.argosy.apiserver.objects.Resources;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks that the ServiceAccount of a token, and the Pod, Secret or Node it is bound to, are still the same ones. */
public final class BoundTokens implements ServiceAccountTokens.Binding {

    static final String EXTRA = "authentication.kubernetes.io/";

    private final ClusterObjects objects;

    public BoundTokens(ClusterObjects objects) {
        this.objects = objects;
    }

    private record Reference(String name, String uid) {}

    @Override
    public UserInfo user(String token, JWTClaimsSet claims, Instant now) throws InvalidTokenException {
        if (!(claims.getClaim("kubernetes.io") instanceof Map<?, ?> bound)) {
            throw new InvalidTokenException("service account token has no kubernetes.io claim");
        }
        String namespace = text(bound.get("namespace"));
        Reference account = reference(bound.get("serviceaccount")).orElse(new Reference("", ""));
        Optional<Reference> pod = reference(bound.get("pod"));
        Optional<Reference> node = reference(bound.get("node"));
        check(Resources.SERVICE_ACCOUNTS, namespace, account, "service account", now);
        Optional<Reference> secret = reference(bound.get("secret"));
        if (secret.isPresent()) {
            check(Resources.SECRETS, namespace, secret.get(), "secret", now);
        }
        if (pod.isPresent()) {
            check(Resources.PODS, namespace, pod.get(), "pod", now);
        } else if (node.isPresent()) {
            check(Resources.NODES, "", node.get(), "node", now);
        }
        Map<String, List<String>> extra = new LinkedHashMap<>();
        if (claims.getJWTID() != null) {
            extra.put(EXTRA + "credential-id", List.of("JTI=" + claims.getJWTID()));
        }
        node.ifPresent(found -> addExtra(extra, "node", found));
        pod.ifPresent(found -> addExtra(extra, "pod", found));
        return new UserInfo(
                ServiceAccountNames.userName(namespace, account.name()),
                account.uid(),
                ServiceAccountNames.groups(namespace),
                extra);
    }

    private static void addExtra(Map<String, List<String>> extra, String kind, Reference reference) {
        extra.put(EXTRA + kind + "-name", List.of(reference.name()));
        if (!reference.uid().isEmpty()) {
            extra.put(EXTRA + kind + "-uid", List.of(reference.uid()));
        }
    }

    private void check(GroupResource resource, String namespace, Reference reference, String kind, Instant now)
            throws InvalidTokenException {
        Optional<ObjectValue> object = objects.find(resource, namespace, reference.name());
        if (object.isEmpty()) {
            // A token may be used before this server has seen what it is bound to.
            object = objects.findLatest(resource, namespace, reference.name());
        }
        if (object.isEmpty()) {
            throw new InvalidTokenException("service account token has been invalidated: no " + kind);
        }
        String uid = object.get().string("metadata", "uid").orElse("");
        if (!uid.equals(reference.uid())) {
            throw new InvalidTokenException(kind + " UID (" + uid + ") does not match claim (" + reference.uid() + ")");
        }
        Optional<Instant> deleted = object.get()
                .string("metadata", "deletionTimestamp")
                .map(time -> OffsetDateTime.parse(time).toInstant());
        if (deleted.isPresent() && deleted.get().isBefore(now.minus(ServiceAccountTokens.LEEWAY))) {
            throw new InvalidTokenException("service account token has been invalidated: " + kind + " is deleted");
        }
    }

    private static Optional<Reference> reference(@Nullable Object claim) {
        return claim instanceof Map<?, ?> map
                ? Optional.of(new Reference(text(map.get("name")), text(map.get("uid"))))
                : Optional.empty();
    }

    private static String text(@Nullable Object claim) {
        return claim instanceof String string ? string : "";
    }
}
