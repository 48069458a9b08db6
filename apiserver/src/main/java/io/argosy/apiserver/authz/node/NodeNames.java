package io.argosy.apiserver.authz.node;

import io.argosy.apiserver.authn.UserInfo;
import java.util.Optional;

/** How nodes are named as users. */
public final class NodeNames {

    public static final String GROUP = "system:nodes";
    private static final String PREFIX = "system:node:";

    private NodeNames() {}

    /** The node a user is; an empty name for a user of the nodes' group whose name is no node's. */
    public static Optional<String> of(UserInfo user) {
        if (!user.name().startsWith(PREFIX) || !user.in(GROUP)) {
            return Optional.empty();
        }
        return Optional.of(user.name().substring(PREFIX.length()));
    }
}
