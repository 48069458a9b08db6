package io.argosy.apiserver.impersonation;

import io.argosy.apiserver.authn.UserInfo;
import java.util.List;
import java.util.Map;

/** The ways of impersonation: each with verbs of its own, the oldest without bounds on what may be asked. */
enum Mode {
    ASSOCIATED_NODE("associated-node"),
    ARBITRARY_NODE("arbitrary-node"),
    SERVICE_ACCOUNT("serviceaccount"),
    USER_INFO("user-info"),
    LEGACY("");

    private static final String NODE_NAME = "authentication.kubernetes.io/node-name";

    private final String text;

    Mode(String text) {
        this.text = text;
    }

    /** The verb on what is impersonated. */
    String verb() {
        return this == LEGACY ? "impersonate" : "impersonate:" + text;
    }

    /** The verb on what is done in the other's name. */
    String verbOn(String verb) {
        return "impersonate-on:" + text + ":" + verb;
    }

    boolean applies(WantedUser wanted, UserInfo requestor) {
        return switch (this) {
            case ASSOCIATED_NODE ->
                wanted.nameOnly()
                        && wanted.node().map(node -> runsOn(requestor, node)).orElse(false);
            case ARBITRARY_NODE -> wanted.nameOnly() && wanted.node().isPresent();
            case SERVICE_ACCOUNT -> wanted.nameOnly() && wanted.serviceAccount().isPresent();
            case USER_INFO -> wanted.node().isEmpty() && wanted.serviceAccount().isEmpty();
            case LEGACY -> true;
        };
    }

    private static boolean runsOn(UserInfo requestor, String node) {
        Map<String, List<String>> extra = requestor.extra();
        return requestor.name().startsWith("system:serviceaccount:")
                && List.of(node).equals(extra.get(NODE_NAME));
    }
}
