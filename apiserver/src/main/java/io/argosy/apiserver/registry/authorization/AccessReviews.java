package io.argosy.apiserver.registry.authorization;

import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.status.FieldPath;
import io.argosy.apimodel.tree.NullValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.authn.UserInfo;
import io.argosy.apiserver.authz.Attributes;
import io.argosy.apiserver.authz.Authorizer;
import io.argosy.apiserver.authz.Decision;
import io.argosy.apiserver.registry.Creator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The three access reviews: of any user, of a user in one namespace, of the caller. */
public final class AccessReviews implements Creator {

    private static final String GROUP = "authorization.k8s.io";

    /** Whose access is reviewed. */
    public enum Scope {
        ANY,
        LOCAL,
        SELF
    }

    private final Scope scope;
    private final Authorizer authorizer;

    public AccessReviews(Scope scope, Authorizer authorizer) {
        this.scope = scope;
        this.authorizer = authorizer;
    }

    @Override
    public ObjectValue create(Call call) {
        ObjectValue review = call.body();
        List<FieldError> errors = validate(review);
        if (!errors.isEmpty()) {
            throw ApiException.invalid(GROUP, "", "", errors);
        }
        String namespace = call.request().target().namespace();
        if (scope == Scope.LOCAL
                && !namespace.equals(review.string("metadata", "namespace").orElse(""))) {
            throw ApiException.badRequest("spec.resourceAttributes.namespace must match namespace: " + namespace);
        }
        call.admit().run();
        ObjectValue spec = review.objectOrNew("spec");
        UserInfo user = scope == Scope.SELF ? call.request().user() : user(spec);
        return review.put("status", status(authorizer.authorize(attributes(user, spec))));
    }

    private static ObjectValue status(Decision decision) {
        ObjectValue status = new ObjectValue().put("allowed", decision.allowed());
        if (decision instanceof Decision.Deny) {
            status.put("denied", true);
        }
        if (!decision.reason().isEmpty()) {
            status.put("reason", decision.reason());
        }
        return status;
    }

    List<FieldError> validate(ObjectValue review) {
        List<FieldError> errors = new ArrayList<>();
        FieldPath path = FieldPath.of("spec");
        Optional<ObjectValue> resource = review.object("spec", "resourceAttributes");
        Optional<ObjectValue> other = review.object("spec", "nonResourceAttributes");
        if (resource.isPresent() && other.isPresent()) {
            errors.add(FieldError.invalid(
                    path.child("nonResourceAttributes"),
                    other.get(),
                    "cannot be specified in combination with resourceAttributes"));
        }
        if (resource.isEmpty() && other.isEmpty()) {
            errors.add(FieldError.invalid(
                    path.child("resourceAttributes"),
                    NullValue.NULL,
                    "exactly one of nonResourceAttributes or resourceAttributes must be specified"));
        }
        if (scope != Scope.SELF
                && review.string("spec", "user").orElse("").isEmpty()
                && review.array("spec", "groups")
                        .map(groups -> groups.isEmpty())
                        .orElse(true)) {
            errors.add(FieldError.invalid(path.child("user"), "", "at least one of user or group must be specified"));
        }
        resource.ifPresent(attributes -> {
            checkSelector(attributes, "fieldSelector", path.child("resourceAttributes"), errors);
            checkSelector(attributes, "labelSelector", path.child("resourceAttributes"), errors);
        });
        checkMetadata(review, errors);
        if (scope == Scope.LOCAL) {
            checkLocal(review, errors);
        }
        return errors;
    }

    private static void checkSelector(ObjectValue attributes, String field, FieldPath parent, List<FieldError> errors) {
        Optional<ObjectValue> selector = attributes.object(field);
        if (selector.isEmpty()) {
            return;
        }
        FieldPath path = parent.child(field);
        String raw = selector.get().string("rawSelector").orElse("");
        boolean listed = selector.get()
                .array("requirements")
                .map(requirements -> !requirements.isEmpty())
                .orElse(false);
        if (!raw.isEmpty() && listed) {
            errors.add(FieldError.invalid(
                    path.child("rawSelector"), raw, "may not specified at the same time as requirements"));
        }
        if (raw.isEmpty() && !listed) {
            errors.add(FieldError.required(
                    path.child("requirements"),
                    "when " + path + " is specified, requirements or rawSelector is required"));
        }
    }

    private void checkMetadata(ObjectValue review, List<FieldError> errors) {
        ObjectValue metadata = review.object("metadata").map(ObjectValue::copy).orElseGet(ObjectValue::new);
        metadata.remove("managedFields");
        metadata.remove("creationTimestamp");
        if (scope == Scope.LOCAL) {
            metadata.remove("namespace");
        }
        if (!metadata.isEmpty()) {
            String detail = scope == Scope.LOCAL ? "must be empty except for namespace" : "must be empty";
            errors.add(FieldError.invalid(FieldPath.of("metadata"), metadata, detail));
        }
    }

    private static void checkLocal(ObjectValue review, List<FieldError> errors) {
        Optional<ObjectValue> resource = review.object("spec", "resourceAttributes");
        String namespace = review.string("metadata", "namespace").orElse("");
        String asked =
                resource.flatMap(attributes -> attributes.string("namespace")).orElse("");
        if (resource.isPresent() && !asked.equals(namespace)) {
            errors.add(FieldError.invalid(
                    new FieldPath("spec.resourceAttributes.namespace"), asked, "must match metadata.namespace"));
        }
        Optional<Value> other = review.at("spec", "nonResourceAttributes");
        other.ifPresent(value -> errors.add(FieldError.invalid(
                new FieldPath("spec.nonResourceAttributes"), value, "disallowed on this kind of request")));
    }

    private static UserInfo user(ObjectValue spec) {
        Map<String, List<String>> extra = new LinkedHashMap<>();
        spec.object("extra")
                .ifPresent(values ->
                        values.names().forEach(key -> extra.put(key.toLowerCase(Locale.ROOT), strings(values, key))));
        return new UserInfo(
                spec.string("user").orElse(""), spec.string("uid").orElse(""), strings(spec, "groups"), extra);
    }

    private static List<String> strings(ObjectValue object, String field) {
        return object.array(field).map(array -> array.strings().toList()).orElse(List.of());
    }

    static Attributes attributes(UserInfo user, ObjectValue spec) {
        Optional<ObjectValue> resource = spec.object("resourceAttributes");
        if (resource.isEmpty()) {
            ObjectValue other = spec.object("nonResourceAttributes").orElseGet(ObjectValue::new);
            return Attributes.path(
                    user, other.string("verb").orElse(""), other.string("path").orElse(""));
        }
        ObjectValue asked = resource.get();
        return new Attributes(
                user,
                asked.string("verb").orElse(""),
                true,
                asked.string("namespace").orElse(""),
                asked.string("group").orElse(""),
                asked.string("version").filter(version -> !version.isEmpty()).orElse("*"),
                asked.string("resource").orElse(""),
                asked.string("subresource").orElse(""),
                asked.string("name").orElse(""),
                "",
                requirements(asked, "fieldSelector"),
                requirements(asked, "labelSelector"));
    }

    private static List<Attributes.Requirement> requirements(ObjectValue asked, String field) {
        List<Attributes.Requirement> requirements = new ArrayList<>();
        asked.array(field, "requirements")
                .ifPresent(array -> array.objects()
                        .forEach(requirement -> requirements.add(new Attributes.Requirement(
                                requirement.string("key").orElse(""),
                                requirement.string("operator").orElse(""),
                                strings(requirement, "values")))));
        asked.string(field, "rawSelector")
                .filter(raw -> field.equals("fieldSelector") && !raw.isEmpty())
                .ifPresent(raw -> requirements.addAll(fieldTerms(raw)));
        return requirements;
    }

    /** The equality terms of a field selector; others would only narrow what is asked. */
    private static List<Attributes.Requirement> fieldTerms(String raw) {
        List<Attributes.Requirement> terms = new ArrayList<>();
        for (String term : raw.split(",")) {
            int at = term.indexOf('=');
            if (at > 0 && term.charAt(at - 1) != '!') {
                String value = term.substring(term.startsWith("==", at) ? at + 2 : at + 1);
                terms.add(new Attributes.Requirement(term.substring(0, at), "=", List.of(value)));
            }
        }
        return terms;
    }
}
