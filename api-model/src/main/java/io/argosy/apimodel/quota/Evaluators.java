package io.argosy.apimodel.quota;

import io.argosy.apimodel.meta.GroupResource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The evaluators by resource: some resources have their own, all others are counted. */
public final class Evaluators {

    private static final String AUTHENTICATION = "authentication.k8s.io";
    private static final String AUTHORIZATION = "authorization.k8s.io";

    /** What is not stored, and events. */
    private static final Set<GroupResource> IGNORED = Set.of(
            new GroupResource("", "bindings"),
            new GroupResource("", "componentstatuses"),
            new GroupResource(AUTHENTICATION, "tokenreviews"),
            new GroupResource(AUTHENTICATION, "selfsubjectreviews"),
            new GroupResource(AUTHORIZATION, "subjectaccessreviews"),
            new GroupResource(AUTHORIZATION, "selfsubjectaccessreviews"),
            new GroupResource(AUTHORIZATION, "localsubjectaccessreviews"),
            new GroupResource(AUTHORIZATION, "selfsubjectrulesreviews"),
            new GroupResource("", "events"),
            new GroupResource("events.k8s.io", "events"));

    /** Resources whose number may be limited by their bare name too. */
    private static final Set<String> BY_BARE_NAME =
            Set.of("configmaps", "resourcequotas", "replicationcontrollers", "secrets");

    private final Map<GroupResource, Evaluator> own;

    public Evaluators(DeviceClasses classes) {
        own = List.of(
                        new PodEvaluator(),
                        new ServiceEvaluator(),
                        new VolumeClaimEvaluator(),
                        new DeviceClaimEvaluator(classes))
                .stream()
                .collect(Collectors.toUnmodifiableMap(Evaluator::resource, Function.identity()));
    }

    /** Those that measure what some limits are on. */
    public List<Evaluator> measuring(Set<String> limited) {
        Map<GroupResource, Evaluator> found = new LinkedHashMap<>();
        own.values().stream()
                .filter(evaluator -> !evaluator.matching(limited).isEmpty())
                .forEach(evaluator -> found.put(evaluator.resource(), evaluator));
        for (String name : limited) {
            counted(name)
                    .filter(resource -> !own.containsKey(resource))
                    .flatMap(this::of)
                    .ifPresent(evaluator -> found.put(evaluator.resource(), evaluator));
        }
        return List.copyOf(found.values());
    }

    /** The resource whose number a limit is on. */
    private static Optional<GroupResource> counted(String name) {
        if (BY_BARE_NAME.contains(name)) {
            return Optional.of(new GroupResource("", name));
        }
        if (!name.startsWith(Names.COUNT)) {
            return Optional.empty();
        }
        String resource = name.substring(Names.COUNT.length());
        int dot = resource.indexOf('.');
        return Optional.of(
                dot < 0
                        ? new GroupResource("", resource)
                        : new GroupResource(resource.substring(dot + 1), resource.substring(0, dot)));
    }

    /** Empty for what no quota counts. */
    public Optional<Evaluator> of(GroupResource resource) {
        if (IGNORED.contains(resource)) {
            return Optional.empty();
        }
        Evaluator known = own.get(resource);
        return Optional.of(known == null ? counting(resource) : known);
    }

    private static Evaluator counting(GroupResource resource) {
        String count = Names.count(resource);
        boolean bare = resource.group().isEmpty() && BY_BARE_NAME.contains(resource.resource());
        return new CountEvaluator(resource, bare ? Set.of(count, resource.resource()) : Set.of(count));
    }
}
