package io.argosy.apiserver.admission.expression;

import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.admission.AdmissionRequest;
import io.argosy.apiserver.admission.ObjectVersions.Form;
import io.argosy.apiserver.admission.matching.Criteria;
import io.argosy.apiserver.authz.Authorizer;
import io.argosy.apiserver.cel.TreeValues;
import io.argosy.apiserver.cel.library.AccessCheck;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The values of the variables that expressions of admission may name. */
public final class Inputs {

    private Inputs() {}

    /**
     * @param object in the version of the form
     * @param namespace the namespace of the object; empty for cluster-scoped ones
     */
    public static Map<String, Object> of(
            AdmissionRequest request,
            Form form,
            Optional<ObjectValue> object,
            Optional<ObjectValue> oldObject,
            Optional<ObjectValue> namespace,
            Authorizer authorizer) {
        Map<String, Object> values = new HashMap<>();
        values.put("object", TreeValues.of(object));
        values.put("oldObject", TreeValues.of(oldObject));
        ObjectValue view = RequestView.of(request, form);
        if (!request.options().isEmpty()) {
            view.put("options", request.options());
        }
        values.put("request", TreeValues.of(view));
        values.put("namespaceObject", TreeValues.of(namespace.map(Inputs::shown)));
        AccessCheck.Subject subject = new AccessCheck.Subject(request.user(), authorizer);
        values.put("authorizer", subject);
        values.put(
                "authorizer.requestResource",
                AccessCheck.OfResource.of(
                        subject,
                        request.resource(),
                        request.subresource(),
                        Criteria.namespace(request),
                        request.name()));
        return values;
    }

    private static ObjectValue shown(ObjectValue namespace) {
        ObjectValue shown = namespace.copy();
        shown.object("metadata").ifPresent(metadata -> {
            metadata.remove("managedFields");
            metadata.remove("ownerReferences");
            metadata.remove("selfLink");
        });
        return shown;
    }
}
