package io.argosy.apiserver.registry.builtin;

import io.argosy.apiserver.authn.token.TokenAuthenticator;
import io.argosy.apiserver.authn.token.TokenIssuer;
import io.argosy.apiserver.authz.Authorizer;
import io.argosy.apiserver.authz.rbac.RbacPolicy;
import io.argosy.apiserver.crd.DefinitionStrategy;
import io.argosy.apiserver.objects.ClusterObjects;
import io.argosy.apiserver.registry.ResourceRules;
import io.argosy.apiserver.registry.Strategy;
import io.argosy.apiserver.registry.authentication.SelfReviews;
import io.argosy.apiserver.registry.authentication.TokenRequests;
import io.argosy.apiserver.registry.authentication.TokenReviews;
import io.argosy.apiserver.registry.authorization.AccessReviews;
import io.argosy.apiserver.registry.authorization.RulesReviews;
import io.argosy.apiserver.registry.batch.JobStrategy;
import io.argosy.apiserver.registry.certificates.SigningRequestStrategy;
import io.argosy.apiserver.registry.core.NamelessStrategy;
import io.argosy.apiserver.registry.core.PendingStrategy;
import io.argosy.apiserver.registry.core.SecretStrategy;
import io.argosy.apiserver.registry.event.EventStrategy;
import io.argosy.apiserver.registry.lifecycle.BuiltInLifecycles;
import io.argosy.apiserver.registry.lifecycle.Lifecycle;
import io.argosy.apiserver.registry.lifecycle.Validation;
import io.argosy.apiserver.registry.namespace.NamespaceStrategy;
import io.argosy.apiserver.registry.pod.Evictions;
import io.argosy.apiserver.registry.pod.PodBindings;
import io.argosy.apiserver.registry.pod.PodStrategy;
import io.argosy.apiserver.registry.service.ServiceAllocation;
import io.argosy.apiserver.registry.service.ServiceStrategy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Puts together the strategies, hooks and creators of the built-in kinds. */
public final class BuiltInRules {

    /**
     * What the kinds need of the server.
     *
     * @param issuer absent when the server has no key to sign tokens with: then it refuses token requests
     * @param audiences of tokens for this server
     * @param otherModes whether the mode Node is on too, which cannot list what it allows
     * @param eventTtl see {@code --event-ttl}
     */
    public record Parts(
            ClusterObjects objects,
            Authorizer authorizer,
            RbacPolicy policy,
            boolean otherModes,
            TokenAuthenticator tokens,
            List<String> audiences,
            Optional<TokenIssuer> issuer,
            TokenRequests.Settings tokenSettings,
            ServiceAllocation services,
            Evictions.Deletion deletion,
            Duration eventTtl,
            InstantSource clock,
            Supplier<UUID> ids) {}

    private static final String REVIEWS = "authorization.k8s.io";
    private static final String CERTIFICATES = "certificates.k8s.io";

    private BuiltInRules() {}

    public static ResourceRules of(Parts parts) {
        ResourceRules rules = new ResourceRules();
        Map<String, Validation> validations = Validations.byResource();
        BuiltInLifecycles.addTo(rules, validations);
        addPrepared(rules, validations);
        rules.strategy(
                "",
                "limitranges",
                "",
                new NamelessStrategy(
                        Lifecycle.PLAIN.creatingOnUpdate(),
                        validations.getOrDefault("limitranges", Validation.NONE),
                        parts.ids()));
        addPods(rules, parts, validations);
        addServices(rules, parts, validations.getOrDefault("services", Validation.NONE));
        rules.strategy("", "namespaces", "", new NamespaceStrategy(NamespaceStrategy.Part.WHOLE))
                .strategy("", "namespaces", "status", new NamespaceStrategy(NamespaceStrategy.Part.STATUS))
                .strategy("", "namespaces", "finalize", new NamespaceStrategy(NamespaceStrategy.Part.FINALIZE));
        rules.strategy("", "events", "", new EventStrategy(parts.eventTtl()));
        rules.strategy("apiextensions.k8s.io", "customresourcedefinitions", "", new DefinitionStrategy(false))
                .strategy("apiextensions.k8s.io", "customresourcedefinitions", "status", new DefinitionStrategy(true));
        addCertificates(rules);
        addReviews(rules, parts);
        return rules;
    }

    /** Kinds of which more than status and generation is prepared. */
    private static void addPrepared(ResourceRules rules, Map<String, Validation> validations) {
        Lifecycle jobs = Lifecycle.COUNTED.leaving(Strategy.Garbage.ORPHAN_DEPENDENTS);
        rules.strategy(
                        "batch",
                        "jobs",
                        "",
                        new JobStrategy(jobs, validations.getOrDefault("jobs.batch", Validation.NONE)))
                .strategy(
                        "",
                        "secrets",
                        "",
                        new SecretStrategy(Lifecycle.PLAIN, validations.getOrDefault("secrets", Validation.NONE)));
        for (String volumes : List.of("persistentvolumes", "persistentvolumeclaims")) {
            Validation validation = validations.getOrDefault(volumes, Validation.NONE);
            rules.strategy("", volumes, "", new PendingStrategy(Lifecycle.PLAIN.withStatus(), validation));
        }
    }

    private static void addPods(ResourceRules rules, Parts parts, Map<String, Validation> validations) {
        Validation validation = validations.getOrDefault("pods", Validation.NONE);
        rules.strategy("", "pods", "", new PodStrategy(PodStrategy.Part.WHOLE, validation))
                .strategy("", "pods", "status", new PodStrategy(PodStrategy.Part.STATUS, validation))
                .strategy(
                        "",
                        "pods",
                        "ephemeralcontainers",
                        new PodStrategy(
                                PodStrategy.Part.EPHEMERAL_CONTAINERS,
                                validations.getOrDefault("pods/ephemeralcontainers", Validation.NONE)))
                .strategy(
                        "",
                        "pods",
                        "resize",
                        new PodStrategy(
                                PodStrategy.Part.RESIZE, validations.getOrDefault("pods/resize", Validation.NONE)));
        PodBindings bindings = new PodBindings(parts.objects(), parts.clock());
        rules.creator("", "pods", "binding", bindings)
                .creator("", "bindings", "", bindings)
                .creator("", "pods", "eviction", new Evictions(parts.objects(), parts.deletion(), parts.clock()));
    }

    private static void addServices(ResourceRules rules, Parts parts, Validation validation) {
        Lifecycle lifecycle = Lifecycle.PLAIN.withStatus().creatingOnUpdate().named(Strategy.NameRule.DNS_1035_LABEL);
        rules.strategy("", "services", "", new ServiceStrategy(lifecycle, validation))
                .hook("", "services", parts.services());
    }

    private static void addCertificates(ResourceRules rules) {
        String resource = "certificatesigningrequests";
        rules.strategy(CERTIFICATES, resource, "", new SigningRequestStrategy(SigningRequestStrategy.Part.WHOLE))
                .strategy(
                        CERTIFICATES,
                        resource,
                        "approval",
                        new SigningRequestStrategy(SigningRequestStrategy.Part.APPROVAL))
                .strategy(
                        CERTIFICATES,
                        resource,
                        "status",
                        new SigningRequestStrategy(SigningRequestStrategy.Part.STATUS));
    }

    private static void addReviews(ResourceRules rules, Parts parts) {
        rules.creator(REVIEWS, "subjectaccessreviews", "", reviews(AccessReviews.Scope.ANY, parts))
                .creator(REVIEWS, "localsubjectaccessreviews", "", reviews(AccessReviews.Scope.LOCAL, parts))
                .creator(REVIEWS, "selfsubjectaccessreviews", "", reviews(AccessReviews.Scope.SELF, parts))
                .creator(REVIEWS, "selfsubjectrulesreviews", "", new RulesReviews(parts.policy(), parts.otherModes()))
                .creator(
                        "authentication.k8s.io",
                        "tokenreviews",
                        "",
                        new TokenReviews(parts.tokens(), parts.audiences()))
                .creator("authentication.k8s.io", "selfsubjectreviews", "", new SelfReviews(parts.clock()));
        parts.issuer()
                .ifPresent(issuer -> rules.creator(
                        "",
                        "serviceaccounts",
                        "token",
                        new TokenRequests(parts.objects(), issuer, parts.tokenSettings(), parts.clock(), parts.ids())));
    }

    private static AccessReviews reviews(AccessReviews.Scope scope, Parts parts) {
        return new AccessReviews(scope, parts.authorizer());
    }
}
