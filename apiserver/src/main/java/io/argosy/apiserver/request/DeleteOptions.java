package io.argosy.apiserver.request;

import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.status.FieldPath;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How to delete.
 *
 * @param gracePeriodSeconds empty leaves it to the kind
 * @param orphanDependents the older form of the propagation policy
 * @param propagationPolicy {@code Orphan}, {@code Background}, {@code Foreground} or empty
 */
public record DeleteOptions(
        Optional<Long> gracePeriodSeconds,
        Optional<String> preconditionUid,
        Optional<String> preconditionResourceVersion,
        Optional<Boolean> orphanDependents,
        String propagationPolicy,
        boolean dryRun) {

    public static final DeleteOptions DEFAULT =
            new DeleteOptions(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), "", false);

    /** Reads the options of a body that is a DeleteOptions object. */
    public static DeleteOptions of(ObjectValue body) {
        List<String> dryRun =
                body.array("dryRun").stream().flatMap(ArrayValue::strings).toList();
        return checked(
                body.integer("gracePeriodSeconds"),
                body.string("preconditions", "uid"),
                body.string("preconditions", "resourceVersion"),
                body.has("orphanDependents") ? Optional.of(body.isTrue("orphanDependents")) : Optional.empty(),
                body.string("propagationPolicy").orElse(""),
                dryRun);
    }

    /** Reads the options of a query. */
    public static DeleteOptions of(Query query) {
        return checked(
                Parameters.number(query, "gracePeriodSeconds").stream().boxed().findFirst(),
                Optional.empty(),
                Optional.empty(),
                Parameters.truth(query, "orphanDependents"),
                query.get("propagationPolicy"),
                query.all("dryRun"));
    }

    private static DeleteOptions checked(
            Optional<Long> grace,
            Optional<String> uid,
            Optional<String> resourceVersion,
            Optional<Boolean> orphan,
            String policy,
            List<String> dryRun) {
        List<FieldError> errors = new ArrayList<>();
        if (orphan.isPresent() && !policy.isEmpty()) {
            errors.add(FieldError.invalid(
                    FieldPath.of("propagationPolicy"),
                    policy,
                    "orphanDependents and deletionPropagation cannot be both set"));
        }
        if (!List.of("", "Foreground", "Background", "Orphan").contains(policy)) {
            errors.add(FieldError.notSupported(
                    FieldPath.of("propagationPolicy"),
                    Value.of(policy),
                    List.of("Foreground", "Background", "Orphan", "nil")));
        }
        WriteOptions.checkDryRun(dryRun, errors);
        if (!errors.isEmpty()) {
            throw ApiException.invalid("meta.k8s.io", "DeleteOptions", "", errors);
        }
        return new DeleteOptions(
                grace.map(seconds -> seconds < 0 ? 1L : seconds),
                uid,
                resourceVersion,
                orphan,
                policy,
                !dryRun.isEmpty());
    }

    public DeleteOptions withGracePeriod(long seconds) {
        return new DeleteOptions(
                Optional.of(seconds),
                preconditionUid,
                preconditionResourceVersion,
                orphanDependents,
                propagationPolicy,
                dryRun);
    }

    public DeleteOptions withPreconditions(Optional<String> uid, Optional<String> resourceVersion) {
        return new DeleteOptions(gracePeriodSeconds, uid, resourceVersion, orphanDependents, propagationPolicy, dryRun);
    }

    /** The options as admission plugins and webhooks see them. */
    public ObjectValue toObject() {
        ObjectValue object = new ObjectValue().put("kind", "DeleteOptions").put("apiVersion", "meta.k8s.io/v1");
        gracePeriodSeconds.ifPresent(seconds -> object.put("gracePeriodSeconds", seconds));
        if (preconditionUid.isPresent() || preconditionResourceVersion.isPresent()) {
            ObjectValue preconditions = object.objectOrNew("preconditions");
            preconditionUid.ifPresent(uid -> preconditions.put("uid", uid));
            preconditionResourceVersion.ifPresent(version -> preconditions.put("resourceVersion", version));
        }
        orphanDependents.ifPresent(orphan -> object.put("orphanDependents", orphan));
        if (!propagationPolicy.isEmpty()) {
            object.put("propagationPolicy", propagationPolicy);
        }
        if (dryRun) {
            object.put("dryRun", ArrayValue.of(Value.of("All")));
        }
        return object;
    }
}
