package io.argosy.apiserver.server;

import io.argosy.apimodel.meta.GroupResource;
import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.authn.Authenticator;
import io.argosy.apiserver.authn.BearerAuthenticator;
import io.argosy.apiserver.authn.CertificateAuthenticator;
import io.argosy.apiserver.authn.FrontProxyAuthenticator;
import io.argosy.apiserver.authn.UnionAuthenticator;
import io.argosy.apiserver.authn.token.BootstrapTokens;
import io.argosy.apiserver.authn.token.BoundTokens;
import io.argosy.apiserver.authn.token.CachedTokens;
import io.argosy.apiserver.authn.token.LegacyTokens;
import io.argosy.apiserver.authn.token.ServiceAccountTokens;
import io.argosy.apiserver.authn.token.TokenAuthenticator;
import io.argosy.apiserver.authn.token.TokenFile;
import io.argosy.apiserver.authn.token.TokenIssuer;
import io.argosy.apiserver.authn.token.UnionTokens;
import io.argosy.apiserver.authn.token.VerificationKeys;
import io.argosy.apiserver.authz.Authorizer;
import io.argosy.apiserver.authz.FixedAuthorizer;
import io.argosy.apiserver.authz.MastersAuthorizer;
import io.argosy.apiserver.authz.UnionAuthorizer;
import io.argosy.apiserver.authz.node.NodeAuthorizer;
import io.argosy.apiserver.authz.node.NodeGraph;
import io.argosy.apiserver.authz.rbac.BootstrapPolicy;
import io.argosy.apiserver.authz.rbac.PolicyRule;
import io.argosy.apiserver.authz.rbac.RbacAuthorizer;
import io.argosy.apiserver.authz.rbac.RbacPolicy;
import io.argosy.apiserver.objects.ClusterObjects;
import io.argosy.apiserver.objects.Resources;
import io.argosy.daemon.tls.Pem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Who users are and what they may do, put together from flags. Nothing is read of the cluster until {@link #follow}.
 *
 * @param issuer of service account tokens
 * @param keys that such tokens are verified with
 * @param policy of RBAC, kept up by {@link #follow}
 */
record Security(
        Authenticator authenticator,
        TokenAuthenticator tokens,
        TokenIssuer issuer,
        VerificationKeys keys,
        RbacPolicy policy,
        NodeGraph nodes,
        Authorizer authorizer,
        List<String> audiences) {

    private static final Duration TOKEN_CACHE = Duration.ofSeconds(10);

    static Security of(ServerConfig config, ClusterObjects objects, InstantSource clock)
            throws IOException, GeneralSecurityException {
        ServerConfig.ServiceAccounts accounts = config.serviceAccounts();
        byte[] signing = Files.readAllBytes(accounts.signingKey().orElseThrow());
        PrivateKey privateKey = Pem.privateKey(signing);
        List<PublicKey> publicKeys = new ArrayList<>();
        for (Path file : accounts.keys()) {
            publicKeys.addAll(Pem.publicKeys(Files.readAllBytes(file)));
        }
        List<PublicKey> ofSigning = Pem.publicKeys(signing);
        if (publicKeys.isEmpty()) {
            publicKeys.addAll(ofSigning);
        }
        PublicKey signingPublic = ofSigning.isEmpty() ? publicKeys.getFirst() : ofSigning.getFirst();
        List<String> audiences = accounts.audiences().isEmpty() ? accounts.issuers() : accounts.audiences();
        VerificationKeys keys = new VerificationKeys(publicKeys);
        TokenAuthenticator tokens = tokens(config, objects, keys, audiences, clock);
        RbacPolicy policy = new RbacPolicy();
        NodeGraph nodes = new NodeGraph(objects);
        return new Security(
                authenticator(config, tokens, clock),
                tokens,
                new TokenIssuer(accounts.issuers().getFirst(), privateKey, signingPublic),
                keys,
                policy,
                nodes,
                authorizer(config, policy, nodes),
                audiences);
    }

    private static TokenAuthenticator tokens(
            ServerConfig config,
            ClusterObjects objects,
            VerificationKeys keys,
            List<String> audiences,
            InstantSource clock)
            throws IOException {
        List<TokenAuthenticator> all = new ArrayList<>();
        if (config.identity().tokenFile().isPresent()) {
            all.add(TokenFile.parse(
                    Files.readString(config.identity().tokenFile().get())));
        }
        ServerConfig.ServiceAccounts accounts = config.serviceAccounts();
        all.add(ServiceAccountTokens.bound(
                new HashSet<>(accounts.issuers()), keys, audiences, new BoundTokens(objects), clock));
        all.add(ServiceAccountTokens.legacy(keys, audiences, new LegacyTokens(objects, accounts.lookup()), clock));
        if (config.identity().bootstrapTokens()) {
            all.add(new BootstrapTokens(objects, clock));
        }
        return new CachedTokens(new UnionTokens(all), TOKEN_CACHE, clock);
    }

    private static Authenticator authenticator(ServerConfig config, TokenAuthenticator tokens, InstantSource clock) {
        List<Authenticator> all = new ArrayList<>();
        ServerConfig.Identity identity = config.identity();
        identity.proxyCa()
                .ifPresent(file -> all.add(new FrontProxyAuthenticator(
                        authorities(file, clock),
                        new FrontProxyAuthenticator.Settings(
                                identity.proxyNames(),
                                identity.proxyUsers(),
                                identity.proxyUids(),
                                identity.proxyGroups(),
                                identity.proxyExtras()),
                        clock)));
        identity.clientCa().ifPresent(file -> all.add(new CertificateAuthenticator(authorities(file, clock), clock)));
        all.add(new BearerAuthenticator(tokens));
        return new UnionAuthenticator(all, identity.anonymous());
    }

    /** The authorities of a file, read again when it changes. */
    static Supplier<List<X509Certificate>> authorities(Path file, InstantSource clock) {
        return new AuthorityFile(file, clock);
    }

    private static Authorizer authorizer(ServerConfig config, RbacPolicy policy, NodeGraph nodes) {
        List<Authorizer> all = new ArrayList<>();
        all.add(new MastersAuthorizer());
        for (String mode : config.policy().modes()) {
            all.add(
                    switch (mode) {
                        case "RBAC" -> new RbacAuthorizer(policy);
                        case "Node" -> new NodeAuthorizer(nodes, nodeRules());
                        case "AlwaysDeny" -> FixedAuthorizer.ALWAYS_DENY;
                        default -> FixedAuthorizer.ALWAYS_ALLOW;
                    });
        }
        return new UnionAuthorizer(all);
    }

    private static List<PolicyRule> nodeRules() {
        return BootstrapPolicy.load().clusterRoles().stream()
                .filter(role -> role.string("metadata", "name").orElse("").equals("system:node"))
                .flatMap(role -> PolicyRule.readAll(role).stream())
                .toList();
    }

    /** Follows the objects that decisions are made of; returns when all were seen once. */
    List<AutoCloseable> follow(ClusterObjects objects) {
        List<AutoCloseable> following = new ArrayList<>();
        for (GroupResource roles : List.of(Resources.ROLES, Resources.CLUSTER_ROLES)) {
            following.add(objects.follow(roles, follower(policy::putRole, policy::removeRole)));
        }
        for (GroupResource bindings : List.of(Resources.ROLE_BINDINGS, Resources.CLUSTER_ROLE_BINDINGS)) {
            following.add(objects.follow(bindings, follower(policy::putBinding, policy::removeBinding)));
        }
        following.add(objects.follow(Resources.PODS, nodes.podFollower()));
        following.add(objects.follow(Resources.PERSISTENT_VOLUMES, nodes.volumeFollower()));
        return following;
    }

    private static ClusterObjects.Follower follower(
            BiConsumer<ObjectKey, ObjectValue> put, Consumer<ObjectKey> remove) {
        return new ClusterObjects.Follower() {
            @Override
            public void present(ObjectValue object) {
                put.accept(key(object), object);
            }

            @Override
            public void absent(ObjectValue last) {
                remove.accept(key(last));
            }
        };
    }

    private static ObjectKey key(ObjectValue object) {
        return new ObjectKey(
                object.string("metadata", "namespace").orElse(""),
                object.string("metadata", "name").orElse(""));
    }

    /** The issuer as a flag, for those that may do without. */
    Optional<TokenIssuer> optionalIssuer() {
        return Optional.of(issuer);
    }
}
