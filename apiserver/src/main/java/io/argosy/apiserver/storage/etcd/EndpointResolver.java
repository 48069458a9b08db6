package io.argosy.apiserver.storage.etcd;

import io.grpc.Attributes;
import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.NameResolverRegistry;
import io.grpc.Status;
import io.grpc.StatusOr;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Lets one gRPC channel know several members: a target names them all, and each is checked against its own host name when
 * the connection is encrypted.
 */
final class EndpointResolver extends NameResolver {

    private static final String SCHEME = "etcd-members";

    static {
        NameResolverRegistry.getDefaultRegistry().register(new Provider());
    }

    private final List<String> members;

    private EndpointResolver(List<String> members) {
        this.members = members;
    }

    /** The target of a channel to all endpoints. */
    static String target(List<URI> endpoints) {
        return endpoints.stream()
                .map(endpoint -> endpoint.getHost() + ":" + EtcdConfig.port(endpoint))
                .collect(Collectors.joining(",", SCHEME + ":///", ""));
    }

    @Override
    public String getServiceAuthority() {
        return members.getFirst();
    }

    @Override
    public void start(Listener2 listener) {
        resolve(listener);
    }

    private void resolve(Listener2 listener) {
        List<EquivalentAddressGroup> groups = new ArrayList<>();
        UnknownHostException unknown = null;
        for (String member : members) {
            int colon = member.lastIndexOf(':');
            int port = Integer.parseInt(member.substring(colon + 1));
            try {
                List<SocketAddress> addresses = Arrays.stream(InetAddress.getAllByName(member.substring(0, colon)))
                        .map(address -> (SocketAddress) new InetSocketAddress(address, port))
                        .toList();
                groups.add(new EquivalentAddressGroup(
                        addresses,
                        Attributes.newBuilder()
                                .set(EquivalentAddressGroup.ATTR_AUTHORITY_OVERRIDE, member)
                                .build()));
            } catch (UnknownHostException missing) {
                unknown = missing;
            }
        }
        StatusOr<List<EquivalentAddressGroup>> result = groups.isEmpty()
                ? StatusOr.fromStatus(Status.UNAVAILABLE
                        .withDescription("no etcd member has an address")
                        .withCause(unknown))
                : StatusOr.fromValue(groups);
        listener.onResult2(
                ResolutionResult.newBuilder().setAddressesOrError(result).build());
    }

    @Override
    public void shutdown() {}

    /** Makes resolvers of the scheme; registered once. */
    private static final class Provider extends NameResolverProvider {
        @Override
        public NameResolver newNameResolver(URI target, Args args) {
            if (!SCHEME.equals(target.getScheme())) {
                return null;
            }
            return new EndpointResolver(List.of(target.getPath().substring(1).split(",", -1)));
        }

        @Override
        protected boolean isAvailable() {
            return true;
        }

        @Override
        protected int priority() {
            return 5;
        }

        @Override
        public String getDefaultScheme() {
            return SCHEME;
        }

        @Override
        public Collection<Class<? extends SocketAddress>> getProducedSocketAddressTypes() {
            return List.of(InetSocketAddress.class);
        }
    }
}
