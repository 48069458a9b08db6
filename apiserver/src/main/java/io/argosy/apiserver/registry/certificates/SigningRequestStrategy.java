package io.argosy.apiserver.registry.certificates;

import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.time.ApiTime;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.registry.Strategy;
import io.argosy.apiserver.registry.StrategyContext;
import io.argosy.apiserver.registry.lifecycle.Trees;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Writes to certificate signing requests: the spec never changes, and approvals and status are written apart. */
public final class SigningRequestStrategy implements Strategy {

    /** The parts of a request that are written apart. */
    public enum Part {
        WHOLE,
        APPROVAL,
        STATUS
    }

    private static final Set<String> VERDICTS = Set.of("Approved", "Denied");

    private final Part part;
    private final SigningRequestValidation validation;

    public SigningRequestStrategy(Part part) {
        this.part = part;
        this.validation = new SigningRequestValidation(part);
    }

    @Override
    public void prepareForCreate(StrategyContext context, ObjectValue request) {
        ObjectValue spec = request.objectOrNew("spec");
        List.of("username", "uid", "groups", "extra").forEach(spec::remove);
        spec.put("username", context.user().name());
        if (!context.user().uid().isEmpty()) {
            spec.put("uid", context.user().uid());
        }
        if (!context.user().groups().isEmpty()) {
            spec.put("groups", ArrayValue.ofStrings(context.user().groups()));
        }
        if (!context.user().extra().isEmpty()) {
            ObjectValue extra = new ObjectValue();
            context.user().extra().forEach((key, values) -> extra.put(key, ArrayValue.ofStrings(values)));
            spec.put("extra", extra);
        }
        request.put("status", new ObjectValue());
    }

    @Override
    public void prepareForUpdate(StrategyContext context, ObjectValue request, ObjectValue old) {
        Trees.keep(request, old, "spec");
        switch (part) {
            case WHOLE -> Trees.keep(request, old, "status");
            case APPROVAL -> {
                setTimes(request, old, context.now());
                Optional<ArrayValue> judged = request.array("status", "conditions");
                Trees.keep(request, old, "status");
                ObjectValue status = request.objectOrNew("status");
                status.remove("conditions");
                judged.ifPresent(conditions -> status.put("conditions", conditions));
            }
            case STATUS -> {
                VERDICTS.forEach(verdict -> keepInstances(request, old, verdict));
                setTimes(request, old, context.now());
            }
        }
    }

    static String type(ObjectValue condition) {
        return condition.string("type").orElse("");
    }

    static List<ObjectValue> conditions(ObjectValue request) {
        return request.array("status", "conditions").stream()
                .flatMap(ArrayValue::objects)
                .toList();
    }

    /** Verdicts stay as they are unless some were added or taken away, which validation refuses. */
    private static void keepInstances(ObjectValue request, ObjectValue old, String type) {
        List<ObjectValue> before = conditions(old).stream()
                .filter(condition -> type(condition).equals(type))
                .toList();
        List<ObjectValue> now = conditions(request).stream()
                .filter(condition -> type(condition).equals(type))
                .toList();
        if (before.size() != now.size()) {
            return;
        }
        for (int i = 0; i < now.size(); i++) {
            now.get(i).fields().clear();
            before.get(i).copy().fields().forEach(now.get(i)::put);
        }
    }

    private static void setTimes(ObjectValue request, ObjectValue old, Instant now) {
        String time = ApiTime.format(now);
        for (ObjectValue condition : conditions(request)) {
            if (condition.string("lastUpdateTime").isEmpty()) {
                condition.put("lastUpdateTime", time);
            }
            if (condition.string("lastTransitionTime").isEmpty()) {
                Optional<String> before = conditions(old).stream()
                        .filter(other -> type(other).equals(type(condition))
                                && other.string("status").equals(condition.string("status")))
                        .flatMap(other -> other.string("lastTransitionTime").stream())
                        .findFirst();
                condition.put("lastTransitionTime", before.orElse(time));
            }
        }
    }

    @Override
    public List<FieldError> validate(StrategyContext context, ObjectValue request) {
        return validation.errors(request);
    }

    @Override
    public List<FieldError> validateUpdate(StrategyContext context, ObjectValue request, ObjectValue old) {
        return validation.errors(request, old);
    }

    @Override
    public NameRule nameRule() {
        return NameRule.PATH_SEGMENT;
    }

    @Override
    public List<String> resetFields() {
        return switch (part) {
            case WHOLE -> List.of("spec", "status");
            case APPROVAL -> List.of("spec", "status.certificate");
            case STATUS -> List.of("spec", "status.conditions");
        };
    }
}
