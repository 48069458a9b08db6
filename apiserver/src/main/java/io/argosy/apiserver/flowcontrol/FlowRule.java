package io.argosy.apiserver.flowcontrol;

import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.authn.UserInfo;
import io.argosy.apiserver.request.Target;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** One of a FlowSchema's rules: which requests of whom it takes. Pure. */
record FlowRule(List<Predicate<UserInfo>> subjects, List<Predicate<Target>> resources, List<Predicate<Target>> paths) {

    private static final String ANY = "*";

    FlowRule {
        subjects = List.copyOf(subjects);
        resources = List.copyOf(resources);
        paths = List.copyOf(paths);
    }

    static FlowRule of(ObjectValue rule) {
        return new FlowRule(
                objects(rule, "subjects").stream().map(FlowRule::subject).toList(),
                objects(rule, "resourceRules").stream().map(FlowRule::resource).toList(),
                objects(rule, "nonResourceRules").stream().map(FlowRule::path).toList());
    }

    private static List<ObjectValue> objects(ObjectValue holder, String list) {
        return holder.array(list).stream().flatMap(ArrayValue::objects).toList();
    }

    boolean takes(UserInfo user, Target target) {
        List<Predicate<Target>> rules = target.resourceRequest() ? resources : paths;
        return subjects.stream().anyMatch(subject -> subject.test(user))
                && rules.stream().anyMatch(rule -> rule.test(target));
    }

    private static Predicate<UserInfo> subject(ObjectValue subject) {
        return switch (subject.string("kind").orElse("")) {
            case "User" -> {
                String name = subject.string("user", "name").orElse("");
                yield user -> name.equals(ANY) || name.equals(user.name());
            }
            case "Group" -> {
                String name = subject.string("group", "name").orElse("");
                yield user -> name.equals(ANY) || user.in(name);
            }
            case "ServiceAccount" -> {
                String namespace = subject.string("serviceAccount", "namespace").orElse("");
                String name = subject.string("serviceAccount", "name").orElse("");
                String prefix = "system:serviceaccount:" + namespace + ":";
                yield user -> name.equals(ANY)
                        ? user.name().startsWith(prefix)
                        : user.name().equals(prefix + name);
            }
            default -> _ -> false;
        };
    }

    private static Set<String> strings(ObjectValue rule, String list) {
        return rule.array(list).stream().flatMap(ArrayValue::strings).collect(Collectors.toUnmodifiableSet());
    }

    private static boolean has(Set<String> names, String name) {
        return names.contains(ANY) || names.contains(name);
    }

    private static Predicate<Target> resource(ObjectValue rule) {
        Set<String> verbs = strings(rule, "verbs");
        Set<String> groups = strings(rule, "apiGroups");
        Set<String> resources = strings(rule, "resources");
        Set<String> namespaces = strings(rule, "namespaces");
        boolean clusterScope = rule.isTrue("clusterScope");
        return target -> has(verbs, target.verb())
                && has(groups, target.group())
                && has(
                        resources,
                        target.subresource().isEmpty()
                                ? target.resource()
                                : target.resource() + "/" + target.subresource())
                && (target.namespace().isEmpty() ? clusterScope : has(namespaces, target.namespace()));
    }

    private static Predicate<Target> path(ObjectValue rule) {
        Set<String> verbs = strings(rule, "verbs");
        Set<String> urls = strings(rule, "nonResourceURLs");
        return target -> has(verbs, target.verb())
                && urls.stream()
                        .anyMatch(url -> url.endsWith(ANY)
                                ? target.path().startsWith(url.substring(0, url.length() - 1))
                                : target.path().equals(url));
    }
}
