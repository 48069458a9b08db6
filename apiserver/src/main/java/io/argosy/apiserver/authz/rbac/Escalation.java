package io.argosy.apiserver.authz.rbac;

import io.argosy.apiserver.authn.UserInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Whether a user would grant more than they have. */
public final class Escalation {

    /** Everything: what setting an aggregation rule takes. */
    public static final List<PolicyRule> EVERYTHING = List.of(
            new PolicyRule(List.of("*"), List.of("*"), List.of("*"), List.of(), List.of()),
            new PolicyRule(List.of("*"), List.of(), List.of(), List.of(), List.of("*")));

    private Escalation() {}

    /** What the user lacks of {@code granted}, in the words of the refusal; empty when they hold all of it. */
    public static Optional<String> refusal(UserInfo user, List<PolicyRule> held, List<PolicyRule> granted) {
        List<PolicyRule> missing = missing(held, granted);
        if (missing.isEmpty()) {
            return Optional.empty();
        }
        TreeSet<String> lines = new TreeSet<>();
        merge(missing).forEach(rule -> lines.add(rule.compact()));
        StringBuilder groups = new StringBuilder("[");
        for (int i = 0; i < user.groups().size(); i++) {
            groups.append(i == 0 ? "" : " ")
                    .append('"')
                    .append(user.groups().get(i))
                    .append('"');
        }
        return Optional.of("user \"" + user.name() + "\" (groups=" + groups
                + "]) is attempting to grant RBAC permissions not currently held:\n" + String.join("\n", lines));
    }

    /** Whether the held rules give all that one rule gives. */
    public static boolean covers(List<PolicyRule> held, PolicyRule rule) {
        return missing(held, List.of(rule)).isEmpty();
    }

    static List<PolicyRule> missing(List<PolicyRule> held, List<PolicyRule> granted) {
        List<PolicyRule> missing = new ArrayList<>();
        for (PolicyRule rule : granted) {
            for (PolicyRule single : singles(rule)) {
                if (held.stream().noneMatch(owned -> owned.covers(single))) {
                    missing.add(single);
                }
            }
        }
        return missing;
    }

    /** A rule as rules of one verb and one resource or path each. */
    private static List<PolicyRule> singles(PolicyRule rule) {
        List<PolicyRule> singles = new ArrayList<>();
        for (String group : rule.groups()) {
            for (String resource : rule.resources()) {
                for (String verb : rule.verbs()) {
                    if (rule.names().isEmpty()) {
                        singles.add(single(verb, group, resource, List.of()));
                    }
                    rule.names().forEach(name -> singles.add(single(verb, group, resource, List.of(name))));
                }
            }
        }
        for (String path : rule.paths()) {
            for (String verb : rule.verbs()) {
                singles.add(new PolicyRule(List.of(verb), List.of(), List.of(), List.of(), List.of(path)));
            }
        }
        return singles;
    }

    private static PolicyRule single(String verb, String group, String resource, List<String> names) {
        return new PolicyRule(List.of(verb), List.of(group), List.of(resource), names, List.of());
    }

    /** Rules of the same resource become one with all their verbs. */
    private static List<PolicyRule> merge(List<PolicyRule> singles) {
        Map<PolicyRule, List<String>> verbsByTarget = new LinkedHashMap<>();
        List<PolicyRule> merged = new ArrayList<>();
        for (PolicyRule rule : singles) {
            if (!rule.paths().isEmpty()) {
                merged.add(rule);
                continue;
            }
            PolicyRule target = new PolicyRule(List.of(), rule.groups(), rule.resources(), rule.names(), List.of());
            verbsByTarget.computeIfAbsent(target, _ -> new ArrayList<>()).addAll(rule.verbs());
        }
        verbsByTarget.forEach((target, verbs) ->
                merged.add(new PolicyRule(verbs, target.groups(), target.resources(), target.names(), List.of())));
        return merged;
    }
}
