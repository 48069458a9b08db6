package io.argosy.apiserver.server;

import io.argosy.apimodel.meta.FieldSelector;
import io.argosy.apimodel.meta.LabelRequirement;
import io.argosy.apimodel.meta.LabelSelector;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apiserver.authn.UserInfo;
import io.argosy.apiserver.authz.Attributes;
import io.argosy.apiserver.authz.Attributes.Requirement;
import io.argosy.apiserver.request.Target;
import java.util.List;

/** What authorizers are told of a request. */
final class AttributesOf {

    private AttributesOf() {}

    static Attributes request(UserInfo user, Target target) {
        if (!target.resourceRequest()) {
            return Attributes.path(user, target.verb(), target.path());
        }
        return new Attributes(
                user,
                target.verb(),
                true,
                target.namespace(),
                target.group(),
                target.version(),
                target.resource(),
                target.subresource(),
                target.name(),
                target.path(),
                fields(target.fieldSelector()),
                labels(target.labelSelector()));
    }

    private static List<Requirement> fields(String selector) {
        try {
            return FieldSelector.parse(selector).terms().stream()
                    .map(term -> new Requirement(term.field(), term.equal() ? "=" : "!=", List.of(term.value())))
                    .toList();
        } catch (ApiException _) {
            return List.of();
        }
    }

    private static List<Requirement> labels(String selector) {
        try {
            return LabelSelector.parse(selector).requirements().stream()
                    .map(AttributesOf::requirement)
                    .toList();
        } catch (ApiException _) {
            return List.of();
        }
    }

    private static Requirement requirement(LabelRequirement term) {
        return new Requirement(term.key(), term.operator().text(), term.values());
    }
}
