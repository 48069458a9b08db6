package io.argosy.apiserver.authz;

import io.argosy.apimodel.meta.GroupResource;
import io.argosy.apimodel.status.ApiException;

/** The words of a refused request. */
public final class Denials {

    private Denials() {}

    /** {@code pods is forbidden: User "x" cannot list resource "pods" in API group "" in the namespace "default"}. */
    public static ApiException forbidden(Attributes request, String reason) {
        String why = sentence(request) + (reason.isEmpty() ? "" : ": " + reason);
        return request.resourceRequest()
                ? ApiException.forbidden(new GroupResource(request.group(), request.resource()), request.name(), why)
                : ApiException.forbidden(new GroupResource("", ""), "", why);
    }

    static String sentence(Attributes request) {
        String user = "User \"" + request.user().name() + "\" cannot " + request.verb();
        if (!request.resourceRequest()) {
            return user + " path \"" + request.path() + "\"";
        }
        String part = request.subresource();
        String combined = part.isEmpty() ? request.resource() : request.resource() + "/" + part;
        String what = user + " resource \"" + combined + "\" in API group \"" + request.group() + "\"";
        return request.namespace().isEmpty()
                ? what + " at the cluster scope"
                : what + " in the namespace \"" + request.namespace() + "\"";
    }
}
