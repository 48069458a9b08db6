package io.argosy.apiserver.registry.lifecycle;

import io.argosy.apiserver.registry.Strategy;
import java.util.List;

/**
 * How objects of a kind are written.
 *
 * @param status whether the kind has a status, which only its own subresource may write
 * @param counted fields whose change makes a new generation; empty when generations are not counted
 * @param createsOnUpdate whether an update of an absent object creates it
 * @param unconditionalUpdates whether an update may leave out the resourceVersion
 */
public record Lifecycle(
        boolean status,
        List<String> counted,
        boolean createsOnUpdate,
        boolean unconditionalUpdates,
        Strategy.NameRule names,
        Strategy.Garbage garbage) {

    /** No status, no generation: data such as ConfigMaps. */
    public static final Lifecycle PLAIN = new Lifecycle(
            false, List.of(), false, true, Strategy.NameRule.DNS_SUBDOMAIN, Strategy.Garbage.DELETE_DEPENDENTS);

    /** A spec that makes generations and a status beside it: workloads. */
    public static final Lifecycle COUNTED = PLAIN.withStatus().counting("spec");

    public Lifecycle {
        counted = List.copyOf(counted);
    }

    public Lifecycle withStatus() {
        return new Lifecycle(true, counted, createsOnUpdate, unconditionalUpdates, names, garbage);
    }

    public Lifecycle counting(String... fields) {
        return new Lifecycle(status, List.of(fields), createsOnUpdate, unconditionalUpdates, names, garbage);
    }

    public Lifecycle creatingOnUpdate() {
        return new Lifecycle(status, counted, true, unconditionalUpdates, names, garbage);
    }

    public Lifecycle withoutUnconditionalUpdates() {
        return new Lifecycle(status, counted, createsOnUpdate, false, names, garbage);
    }

    public Lifecycle named(Strategy.NameRule rule) {
        return new Lifecycle(status, counted, createsOnUpdate, unconditionalUpdates, rule, garbage);
    }

    public Lifecycle leaving(Strategy.Garbage policy) {
        return new Lifecycle(status, counted, createsOnUpdate, unconditionalUpdates, names, policy);
    }
}
