package io.argosy.apiserver.admission;

import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.Optional;

/** The words of plugins that refuse. */
public final class Refusals {

    private Refusals() {}

    /** {@code pods "x" is forbidden: why}. */
    public static ApiException forbidden(AdmissionRequest request, String why) {
        return ApiException.forbidden(request.resource().groupResource(), nameOf(request), why);
    }

    /** A plugin that cannot tell yet: the client may come again. */
    public static ApiException notReady(AdmissionRequest request) {
        return forbidden(request, "not yet ready to handle request");
    }

    private static String nameOf(AdmissionRequest request) {
        if (!request.name().isEmpty()) {
            return request.name();
        }
        Optional<ObjectValue> object = request.object();
        return object.flatMap(body -> body.string("metadata", "name").filter(name -> !name.isEmpty()))
                .or(() -> object.flatMap(
                        body -> body.string("metadata", "generateName").filter(name -> !name.isEmpty())))
                .orElse("Unknown");
    }
}
