package io.argosy.apiserver.audit;

import io.argosy.apimodel.codec.YamlReader;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.authn.UserInfo;
import io.argosy.apiserver.request.Target;
import java.util.List;
import java.util.Set;

/** Which requests are written to the audit log ({@code audit.k8s.io/v1} Policy): the first rule that fits decides. */
public final class AuditPolicy {

    /** Nothing is written. */
    public static final AuditPolicy NONE = new AuditPolicy(List.of(), Set.of());

    private final List<Rule> rules;
    private final Set<String> omittedStages;

    /** How much of a request is written. */
    public enum Level {
        NONE("None"),
        METADATA("Metadata");

        private final String text;

        Level(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    /** What a rule decides for a request. */
    public record Decision(Level level, Set<String> omittedStages) {}

    private record Resources(String group, List<String> resources, List<String> names) {}

    private record Rule(
            Level level,
            List<String> users,
            List<String> groups,
            List<String> verbs,
            List<Resources> resources,
            List<String> namespaces,
            List<String> paths,
            Set<String> omittedStages) {}

    private AuditPolicy(List<Rule> rules, Set<String> omittedStages) {
        this.rules = List.copyOf(rules);
        this.omittedStages = Set.copyOf(omittedStages);
    }

    /** @throws IllegalArgumentException when the file is no policy, or asks for bodies, which are not written */
    public static AuditPolicy parse(byte[] yaml) {
        if (!(YamlReader.read(yaml) instanceof ObjectValue policy)
                || !policy.string("kind").orElse("").equals("Policy")) {
            throw new IllegalArgumentException("audit policy: not an object of kind Policy");
        }
        List<Rule> rules = policy.array("rules").stream()
                .flatMap(ArrayValue::objects)
                .map(AuditPolicy::rule)
                .toList();
        if (rules.isEmpty()) {
            throw new IllegalArgumentException("audit policy: no rules");
        }
        return new AuditPolicy(rules, Set.copyOf(strings(policy, "omitStages")));
    }

    private static Rule rule(ObjectValue rule) {
        Level level = switch (rule.string("level").orElse("")) {
            case "None" -> Level.NONE;
            case "Metadata" -> Level.METADATA;
            case "Request", "RequestResponse" ->
                throw new IllegalArgumentException(
                        "audit policy: the levels Request and RequestResponse are not supported, use Metadata");
            default -> throw new IllegalArgumentException("audit policy: unknown level in " + rule);
        };
        List<Resources> resources = rule.array("resources").stream()
                .flatMap(ArrayValue::objects)
                .map(one -> new Resources(
                        one.string("group").orElse(""), strings(one, "resources"), strings(one, "resourceNames")))
                .toList();
        return new Rule(
                level,
                strings(rule, "users"),
                strings(rule, "userGroups"),
                strings(rule, "verbs"),
                resources,
                strings(rule, "namespaces"),
                strings(rule, "nonResourceURLs"),
                Set.copyOf(strings(rule, "omitStages")));
    }

    private static List<String> strings(ObjectValue object, String field) {
        return object.array(field).map(list -> list.strings().toList()).orElse(List.of());
    }

    boolean isEmpty() {
        return rules.isEmpty();
    }

    /** What is written of a request. */
    public Decision decide(UserInfo user, Target target) {
        for (Rule rule : rules) {
            if (fits(rule, user, target)) {
                Set<String> omitted = new java.util.HashSet<>(omittedStages);
                omitted.addAll(rule.omittedStages());
                return new Decision(rule.level(), omitted);
            }
        }
        return new Decision(Level.NONE, omittedStages);
    }

    private static boolean fits(Rule rule, UserInfo user, Target target) {
        if (!rule.users().isEmpty() && !rule.users().contains(user.name())) {
            return false;
        }
        if (!rule.groups().isEmpty() && rule.groups().stream().noneMatch(user::in)) {
            return false;
        }
        if (!rule.verbs().isEmpty() && !rule.verbs().contains(target.verb())) {
            return false;
        }
        if (!rule.namespaces().isEmpty() || !rule.resources().isEmpty()) {
            return target.resourceRequest() && fitsResource(rule, target);
        }
        if (!rule.paths().isEmpty()) {
            return !target.resourceRequest() && rule.paths().stream().anyMatch(path -> fitsPath(path, target.path()));
        }
        return true;
    }

    private static boolean fitsPath(String pattern, String path) {
        return pattern.equals("*")
                || pattern.equals(path)
                || (pattern.endsWith("*") && path.startsWith(pattern.substring(0, pattern.length() - 1)));
    }

    private static boolean fitsResource(Rule rule, Target target) {
        if (!rule.namespaces().isEmpty() && !rule.namespaces().contains(target.namespace())) {
            return false;
        }
        if (rule.resources().isEmpty()) {
            return true;
        }
        String whole =
                target.subresource().isEmpty() ? target.resource() : target.resource() + "/" + target.subresource();
        for (Resources resources : rule.resources()) {
            if (!resources.group().equals(target.group())) {
                continue;
            }
            if (resources.resources().isEmpty()) {
                return true;
            }
            boolean named = resources.names().isEmpty() || resources.names().contains(target.name());
            for (String resource : resources.resources()) {
                boolean fits = resource.equals("*")
                        || resource.equals(whole)
                        || resource.equals("*/" + target.subresource())
                        || (!target.subresource().isEmpty() && resource.equals(target.resource() + "/*"));
                if (fits && named) {
                    return true;
                }
            }
        }
        return false;
    }
}
