package io.argosy.apiserver.impersonation;

import io.argosy.apimodel.meta.Names;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apiserver.authn.UserInfo;
import io.argosy.apiserver.authn.token.ServiceAccountNames;
import io.argosy.apiserver.authz.Attributes;
import io.argosy.apiserver.authz.Authorizer;
import io.argosy.apiserver.authz.Decision;
import io.argosy.apiserver.authz.Denials;
import io.argosy.daemon.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Lets users act in another's name where they are allowed to.
 *
 * <p>Source: Kubernetes pages "Authenticating", user impersonation, and KEP-5284, constrained impersonation.
 */
public final class Impersonation {

    private static final String AUTHENTICATION = "authentication.k8s.io";

    private final Authorizer authorizer;

    public Impersonation(Authorizer authorizer) {
        this.authorizer = authorizer;
    }

    /**
     * The user to go on with; empty when the request asks for nobody. The headers that ask are taken away.
     *
     * @param request what the user wants to do in the other's name
     * @throws ApiException Forbidden, or BadRequest when the headers make no user
     */
    public Optional<UserInfo> wanted(Attributes request, HttpHeaders headers) {
        Optional<WantedUser> wanted = WantedUser.read(headers);
        WantedUser.remove(headers);
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        Optional<ApiException> first = Optional.empty();
        for (Mode mode : Mode.values()) {
            if (!mode.applies(wanted.get(), request.user())) {
                continue;
            }
            Optional<ApiException> refusal = refusal(mode, wanted.get(), request);
            if (refusal.isEmpty()) {
                return Optional.of(user(mode, wanted.get()));
            }
            first = first.or(() -> refusal);
        }
        throw first.orElseThrow();
    }

    private Optional<ApiException> refusal(Mode mode, WantedUser wanted, Attributes request) {
        List<Attributes> asked = new ArrayList<>();
        if (mode != Mode.LEGACY) {
            asked.add(request.withVerb(mode.verbOn(request.verb())));
        }
        UserInfo requestor = request.user();
        asked.add(name(mode, wanted, requestor));
        if (!wanted.uid().isEmpty()) {
            asked.add(attributes(requestor, mode, "", AUTHENTICATION, "uids", "", wanted.uid()));
        }
        if (mode != Mode.LEGACY) {
            Optional<ApiException> unfit = unfit(mode, wanted, requestor);
            if (unfit.isPresent()) {
                return unfit;
            }
        }
        String group = mode == Mode.LEGACY ? "" : AUTHENTICATION;
        wanted.groups().forEach(name -> asked.add(attributes(requestor, mode, "", group, "groups", "", name)));
        wanted.extra()
                .forEach((key, values) -> values.forEach(
                        value -> asked.add(attributes(requestor, mode, "", AUTHENTICATION, "userextras", key, value))));
        return asked.stream().flatMap(attributes -> check(attributes).stream()).findFirst();
    }

    private Optional<ApiException> check(Attributes attributes) {
        Decision decision = authorizer.authorize(attributes);
        return decision.allowed() ? Optional.empty() : Optional.of(Denials.forbidden(attributes, decision.reason()));
    }

    private static Attributes attributes(
            UserInfo requestor,
            Mode mode,
            String namespace,
            String group,
            String resource,
            String subresource,
            String name) {
        return Attributes.resource(requestor, mode.verb(), namespace, group, "v1", resource, subresource, name);
    }

    private static Attributes name(Mode mode, WantedUser wanted, UserInfo requestor) {
        String group = mode == Mode.LEGACY ? "" : AUTHENTICATION;
        Optional<List<String>> account = wanted.serviceAccount();
        if (account.isPresent()) {
            return attributes(
                    requestor,
                    mode,
                    account.get().get(0),
                    group,
                    "serviceaccounts",
                    "",
                    account.get().get(1));
        }
        if (mode == Mode.ASSOCIATED_NODE) {
            return attributes(requestor, mode, "", group, "nodes", "", "*");
        }
        if (mode == Mode.ARBITRARY_NODE) {
            return attributes(
                    requestor, mode, "", group, "nodes", "", wanted.node().orElseThrow());
        }
        return attributes(requestor, mode, "", group, "users", "", wanted.name());
    }

    /** What the constrained modes never allow. */
    private static Optional<ApiException> unfit(Mode mode, WantedUser wanted, UserInfo requestor) {
        Attributes groups = attributes(requestor, mode, "", AUTHENTICATION, "groups", "", "");
        if (wanted.groups().contains("")) {
            return Optional.of(Denials.forbidden(groups, "impersonating the empty string group is not allowed"));
        }
        if (wanted.groups().contains(UserInfo.MASTERS_GROUP)) {
            Attributes masters = attributes(requestor, mode, "", AUTHENTICATION, "groups", "", UserInfo.MASTERS_GROUP);
            return Optional.of(Denials.forbidden(masters, "impersonating the system:masters group is not allowed"));
        }
        for (Map.Entry<String, List<String>> extra : wanted.extra().entrySet()) {
            String key = extra.getKey();
            boolean good = !key.isEmpty()
                    && key.equals(key.toLowerCase(Locale.ROOT))
                    && Names.domainPath(key).isEmpty()
                    && !extra.getValue().contains("");
            if (!good) {
                Attributes extras = attributes(requestor, mode, "", AUTHENTICATION, "userextras", "", "");
                return Optional.of(
                        Denials.forbidden(extras, "impersonating an invalid key in extra is not allowed: " + key));
            }
        }
        return Optional.empty();
    }

    private static UserInfo user(Mode mode, WantedUser wanted) {
        List<String> groups = new ArrayList<>(wanted.groups());
        if (groups.isEmpty()) {
            wanted.serviceAccount().ifPresent(account -> groups.addAll(ServiceAccountNames.groups(account.get(0))));
            if (mode == Mode.ASSOCIATED_NODE || mode == Mode.ARBITRARY_NODE) {
                groups.add("system:nodes");
            }
        }
        if (wanted.name().equals(UserInfo.ANONYMOUS)) {
            addMissing(groups, UserInfo.UNAUTHENTICATED_GROUP);
        } else if (!groups.contains(UserInfo.UNAUTHENTICATED_GROUP)) {
            addMissing(groups, UserInfo.AUTHENTICATED_GROUP);
        }
        return new UserInfo(wanted.name(), wanted.uid(), groups, wanted.extra());
    }

    private static void addMissing(List<String> groups, String group) {
        if (!groups.contains(group)) {
            groups.add(group);
        }
    }
}
