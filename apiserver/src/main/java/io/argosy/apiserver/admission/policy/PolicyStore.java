package io.argosy.apiserver.admission.policy;

import io.argosy.apimodel.meta.GroupResource;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.objects.ClusterObjects;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The policies of a kind that are bound, with their bindings, as they are now. Until all have been told once, readers
 * wait.
 *
 * @param <P> what a policy is compiled to
 */
final class PolicyStore<P> {

    private static final Duration WAIT = Duration.ofSeconds(10);

    private final Function<ObjectValue, P> compiler;
    private final TreeMap<String, P> policies = new TreeMap<>();
    private final TreeMap<String, Binding> bindings = new TreeMap<>();
    private final CountDownLatch told = new CountDownLatch(1);
    private volatile List<Bound<P>> all = List.of();

    /** A policy and what puts it to work. */
    record Bound<P>(P policy, List<Binding> bindings) {
        Bound {
            bindings = List.copyOf(bindings);
        }
    }

    PolicyStore(Function<ObjectValue, P> compiler) {
        this.compiler = compiler;
    }

    List<AutoCloseable> follow(ClusterObjects objects, GroupResource policyResource, GroupResource bindingResource) {
        List<AutoCloseable> following = List.of(
                objects.follow(policyResource, follower(policies, compiler)),
                objects.follow(bindingResource, follower(bindings, Binding::of)));
        told.countDown();
        return following;
    }

    private <T> ClusterObjects.Follower follower(Map<String, T> known, Function<ObjectValue, T> read) {
        return new ClusterObjects.Follower() {
            @Override
            public void present(ObjectValue object) {
                T made = read.apply(object);
                synchronized (policies) {
                    known.put(name(object), made);
                    publish();
                }
            }

            @Override
            public void absent(ObjectValue last) {
                synchronized (policies) {
                    known.remove(name(last));
                    publish();
                }
            }
        };
    }

    private static String name(ObjectValue object) {
        return object.string("metadata", "name").orElse("");
    }

    private void publish() {
        List<Bound<P>> bound = new ArrayList<>();
        policies.forEach((name, policy) -> {
            List<Binding> own = bindings.values().stream()
                    .filter(binding -> binding.policy().equals(name))
                    .toList();
            if (!own.isEmpty()) {
                bound.add(new Bound<>(policy, own));
            }
        });
        all = List.copyOf(bound);
    }

    boolean ready() {
        try {
            return told.await(WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    List<Bound<P>> all() {
        return all;
    }
}
