package io.argosy.apiserver.server;

import io.argosy.apiserver.request.Query;
import io.argosy.apiserver.request.Target;
import java.util.Set;

/** Which requests may last: watches, connections, logs that are followed, and profiles. */
final class LongRunning {

    private static final Set<String> CONNECTIONS = Set.of("attach", "exec", "proxy", "log", "portforward");

    private LongRunning() {}

    static boolean is(Target target, Query query) {
        if (!target.resourceRequest()) {
            return false;
        }
        return target.verb().equals("watch")
                || target.verb().equals("proxy")
                || CONNECTIONS.contains(target.subresource())
                || query.has("follow") && target.subresource().equals("log");
    }
}
