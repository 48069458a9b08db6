package io.argosy.apiserver.flowcontrol;

import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.authn.UserInfo;
import io.argosy.apiserver.request.Target;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * What decisions look at of a FlowSchema.
 *
 * @param level the priority level of its requests
 * @param precedence the lower, the earlier it is asked
 * @param distinguisher what makes flows of its requests: ByUser, ByNamespace, or nothing
 */
record FlowSchema(String name, String uid, String level, long precedence, String distinguisher, List<FlowRule> rules) {

    static final Comparator<FlowSchema> ORDER =
            Comparator.comparingLong(FlowSchema::precedence).thenComparing(FlowSchema::name);

    FlowSchema {
        rules = List.copyOf(rules);
    }

    static FlowSchema of(ObjectValue schema) {
        return new FlowSchema(
                schema.string("metadata", "name").orElse(""),
                schema.string("metadata", "uid").orElse(""),
                schema.string("spec", "priorityLevelConfiguration", "name").orElse(""),
                schema.integer("spec", "matchingPrecedence").orElse(1000L),
                schema.string("spec", "distinguisherMethod", "type").orElse(""),
                schema.array("spec", "rules").stream()
                        .flatMap(ArrayValue::objects)
                        .map(FlowRule::of)
                        .toList());
    }

    boolean takes(UserInfo user, Target target) {
        return rules.stream().anyMatch(rule -> rule.takes(user, target));
    }

    /** What tells the flow of a request from the others of the schema. */
    String flow(UserInfo user, Target target) {
        return switch (distinguisher) {
            case "ByUser" -> user.name();
            case "ByNamespace" -> target.namespace();
            default -> "";
        };
    }

    /** Those whose level is there, in the order in which they are asked. */
    static List<FlowSchema> ordered(Collection<FlowSchema> schemas, Collection<String> levels) {
        return schemas.stream()
                .filter(schema -> levels.contains(schema.level()))
                .sorted(ORDER)
                .toList();
    }
}
