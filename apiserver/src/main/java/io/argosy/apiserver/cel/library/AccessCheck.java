package io.argosy.apiserver.cel.library;

import io.argosy.apimodel.meta.GroupVersionResource;
import io.argosy.apiserver.authn.UserInfo;
import io.argosy.apiserver.authz.Attributes;
import io.argosy.apiserver.authz.Authorizer;
import io.argosy.apiserver.authz.Decision;
import java.util.List;
import java.util.Map;

/** The steps of {@code authorizer.group('apps').resource('deployments').check('create').allowed()}. */
public final class AccessCheck {

    private AccessCheck() {}

    /** Whose access is asked for. */
    public record Subject(UserInfo user, Authorizer authorizer) {

        Subject serviceAccount(String namespace, String name) {
            return new Subject(
                    new UserInfo(
                            "system:serviceaccount:" + namespace + ":" + name,
                            "",
                            List.of("system:serviceaccounts", "system:serviceaccounts:" + namespace),
                            Map.of()),
                    authorizer);
        }
    }

    record OfPath(Subject subject, String path) {
        Verdict check(String verb) {
            return decide(subject, Attributes.path(subject.user(), verb, path));
        }
    }

    record OfGroup(Subject subject, String group) {}

    /** Access to a resource, or to an object of it. */
    public record OfResource(
            Subject subject, String group, String resource, String subresource, String namespace, String name) {

        /** To what a request is about. */
        public static OfResource of(
                Subject subject, GroupVersionResource resource, String subresource, String namespace, String name) {
            return new OfResource(subject, resource.group(), resource.resource(), subresource, namespace, name);
        }

        Verdict check(String verb) {
            return decide(
                    subject,
                    Attributes.resource(subject.user(), verb, namespace, group, "*", resource, subresource, name));
        }
    }

    record Verdict(boolean allowed, String reason, String error) {}

    private static Verdict decide(Subject subject, Attributes attributes) {
        try {
            Decision decision = subject.authorizer().authorize(attributes);
            return new Verdict(decision.allowed(), decision.reason(), "");
        } catch (RuntimeException e) {
            return new Verdict(false, "", String.valueOf(e.getMessage()));
        }
    }
}
