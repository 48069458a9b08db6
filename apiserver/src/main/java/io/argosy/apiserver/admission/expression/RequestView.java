package io.argosy.apiserver.admission.expression;

import io.argosy.apimodel.meta.GroupVersionKind;
import io.argosy.apimodel.meta.GroupVersionResource;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.admission.AdmissionRequest;
import io.argosy.apiserver.admission.ObjectVersions.Form;
import io.argosy.apiserver.admission.matching.Criteria;
import io.argosy.apiserver.authn.UserInfo;

/** A request as webhooks and expressions are told of it. Pure. */
public final class RequestView {

    private RequestView() {}

    /** All but the uid and the objects. */
    public static ObjectValue of(AdmissionRequest request, Form form) {
        ObjectValue view = new ObjectValue();
        view.put("kind", kind(form.kind())).put("resource", resource(form.resource()));
        putText(view, "subResource", request.subresource());
        view.put("requestKind", kind(request.kind())).put("requestResource", resource(request.resource()));
        putText(view, "requestSubResource", request.subresource());
        putText(view, "name", request.name());
        putText(view, "namespace", Criteria.namespace(request));
        view.put("operation", request.operation().name());
        view.put("userInfo", user(request.user()));
        view.put("dryRun", request.dryRun());
        return view;
    }

    private static ObjectValue kind(GroupVersionKind kind) {
        return new ObjectValue()
                .put("group", kind.group())
                .put("version", kind.version())
                .put("kind", kind.kind());
    }

    private static ObjectValue resource(GroupVersionResource resource) {
        return new ObjectValue()
                .put("group", resource.group())
                .put("version", resource.version())
                .put("resource", resource.resource());
    }

    private static ObjectValue user(UserInfo user) {
        ObjectValue view = new ObjectValue();
        putText(view, "username", user.name());
        putText(view, "uid", user.uid());
        if (!user.groups().isEmpty()) {
            view.put("groups", ArrayValue.ofStrings(user.groups()));
        }
        if (!user.extra().isEmpty()) {
            ObjectValue extra = view.objectOrNew("extra");
            user.extra().forEach((key, values) -> extra.put(key, ArrayValue.ofStrings(values)));
        }
        return view;
    }

    private static void putText(ObjectValue view, String field, String text) {
        if (!text.isEmpty()) {
            view.put(field, text);
        }
    }
}
