package io.argosy.apimodel.quota;

import io.argosy.apimodel.meta.GroupResource;
import io.argosy.apimodel.quantity.Quantity;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Pods: their number, and while they have not ended, what they ask for and are limited to. */
final class PodEvaluator implements Evaluator {

    private static final GroupResource PODS = new GroupResource("", "pods");
    private static final String COUNT = Names.count(PODS);
    private static final List<String> COMPUTE = List.of("cpu", "memory", "ephemeral-storage");

    /** What every container must say something of, where it is limited. */
    private static final Set<String> MUST_BE_SAID =
            Set.of("cpu", "memory", "requests.cpu", "requests.memory", "limits.cpu", "limits.memory");

    private static final Set<String> LIMITED = Stream.concat(
                    Stream.of(COUNT, "pods"),
                    COMPUTE.stream().flatMap(name -> Stream.of(name, Names.REQUESTS + name, Names.LIMITS + name)))
            .collect(Collectors.toUnmodifiableSet());

    @Override
    public GroupResource resource() {
        return PODS;
    }

    @Override
    public Set<String> matching(Set<String> names) {
        return Names.among(
                names,
                name -> LIMITED.contains(name)
                        || name.startsWith(Names.HUGE_PAGES)
                        || name.startsWith(Names.REQUESTS + Names.HUGE_PAGES)
                        || Names.limitsExtended(name));
    }

    @Override
    public boolean hasScopes() {
        return true;
    }

    @Override
    public boolean inScope(ScopeRule scope, ObjectValue pod) {
        return PodScopes.take(scope, pod);
    }

    @Override
    public Optional<String> missing(Set<String> limited, ObjectValue pod) {
        if (PodResources.saysForPod(pod)) {
            return Optional.empty();
        }
        TreeMap<String, TreeSet<String>> silent = new TreeMap<>();
        Stream.of("containers", "initContainers")
                .flatMap(list -> PodResources.containers(pod, list))
                .forEach(container -> {
                    Set<String> said = charged(
                                    Amounts.read(container.object("resources", "requests")),
                                    Amounts.read(container.object("resources", "limits")))
                            .names();
                    Names.among(limited, name -> MUST_BE_SAID.contains(name) && !said.contains(name))
                            .forEach(name -> silent.computeIfAbsent(name, _ -> new TreeSet<>())
                                    .add(container.string("name").orElse("")));
                });
        if (silent.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of("must specify "
                + silent.entrySet().stream()
                        .map(entry -> entry.getKey() + " for: " + String.join(",", entry.getValue()))
                        .collect(Collectors.joining("; ")));
    }

    @Override
    public Amounts usage(ObjectValue pod, Instant now) {
        TreeMap<String, Quantity> counted = new TreeMap<>();
        counted.put(COUNT, Quantity.of(1));
        Amounts count = new Amounts(counted);
        return isOver(pod, now) ? count : count.plus(charged(PodResources.requests(pod), PodResources.limits(pod)));
    }

    private static Amounts charged(Amounts requests, Amounts limits) {
        TreeMap<String, Quantity> charged = new TreeMap<>();
        charged.put("pods", Quantity.of(1));
        for (String name : COMPUTE) {
            requests.get(name).ifPresent(amount -> {
                charged.put(name, amount);
                charged.put(Names.REQUESTS + name, amount);
            });
            limits.get(name).ifPresent(amount -> charged.put(Names.LIMITS + name, amount));
        }
        requests.byName().forEach((name, amount) -> {
            if (name.startsWith(Names.HUGE_PAGES)) {
                charged.put(name, amount);
                charged.put(Names.REQUESTS + name, amount);
            }
            if (Names.isExtended(name)) {
                charged.put(Names.REQUESTS + name, amount);
            }
        });
        return new Amounts(charged);
    }

    /** Whether the pod has ended, or should have: its node may be gone. */
    private static boolean isOver(ObjectValue pod, Instant now) {
        String phase = pod.string("status", "phase").orElse("");
        if (phase.equals("Failed") || phase.equals("Succeeded")) {
            return true;
        }
        Optional<Instant> deletion = pod.string("metadata", "deletionTimestamp").flatMap(PodEvaluator::time);
        Optional<Long> grace = pod.integer("metadata", "deletionGracePeriodSeconds");
        return deletion.isPresent()
                && grace.isPresent()
                && now.isAfter(deletion.get().plusSeconds(grace.get()));
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }

    @Override
    public boolean charges(String subresource, Optional<ObjectValue> old, ObjectValue pod) {
        return switch (subresource) {
            case "" -> old.isEmpty() || PodScopes.isTerminating(old.get()) != PodScopes.isTerminating(pod);
            case "resize" -> old.isPresent();
            default -> false;
        };
    }

    @Override
    public boolean frees(ObjectValue before, ObjectValue after, Instant now) {
        return resourcesDiffer(before, after)
                || PodScopes.isTerminating(before) != PodScopes.isTerminating(after)
                || (!isOver(before, now) && isOver(after, now));
    }

    private static boolean resourcesDiffer(ObjectValue before, ObjectValue after) {
        return Stream.of("containerStatuses", "initContainerStatuses")
                .anyMatch(list -> before.array("status", list).stream()
                        .flatMap(ArrayValue::objects)
                        .anyMatch(status -> after.array("status", list).stream()
                                .flatMap(ArrayValue::objects)
                                .filter(other -> other.string("name").equals(status.string("name")))
                                .anyMatch(other -> !other.object("resources").equals(status.object("resources")))));
    }
}
