package io.argosy.apiserver.admission.resourcequota;

import io.argosy.apimodel.quota.Amounts;
import io.argosy.apimodel.quota.Evaluator;
import io.argosy.apimodel.quota.Quota;
import io.argosy.apimodel.quota.ScopeRule;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Whether one charge fits into the quotas of its namespace. A pure function.
 *
 * <p>Source: Kubernetes page "Resource Quotas".
 */
final class QuotaCheck {

    private final List<Quota> quotas;
    private final Charge charge;
    private final Evaluator evaluator;
    private final List<LimitedResource> limited;

    private QuotaCheck(List<Quota> quotas, Charge charge, List<LimitedResource> limited) {
        this.quotas = quotas;
        this.charge = charge;
        this.evaluator = charge.evaluator();
        this.limited = limited;
    }

    /** @param limited what may be used only where a quota allows it */
    static Verdict of(List<Quota> quotas, Charge charge, List<LimitedResource> limited) {
        return new QuotaCheck(quotas, charge, limited).verdict();
    }

    private Verdict verdict() {
        ObjectValue object = charge.object();
        List<Integer> concerned = new ArrayList<>();
        Set<String> covered = new TreeSet<>();
        for (int i = 0; i < quotas.size(); i++) {
            Quota quota = quotas.get(i);
            if (!quota.counts(evaluator, object)) {
                continue;
            }
            Set<String> names = evaluator.matching(quota.hard().names());
            Optional<String> missing = evaluator.missing(names, object);
            if (missing.isPresent()) {
                return new Verdict.Refused("failed quota: " + quota.name() + ": " + missing.get());
            }
            if (!quota.knows(names)) {
                return new Verdict.Refused(
                        "status unknown for quota: " + quota.name() + ", resources: " + String.join(",", names));
            }
            concerned.add(i);
            covered.addAll(names);
        }
        Amounts usage = evaluator.usage(object, charge.now());
        if (!usage.negative().isEmpty()) {
            return new Verdict.Refused("quota usage is negative for resource(s): "
                    + String.join(",", usage.negative().names()));
        }
        Map<Integer, Amounts> more = more(concerned, usage);
        boolean nothing = concerned.isEmpty() ? increase(usage).isEmpty() : more.isEmpty();
        if (nothing) {
            return new Verdict.Fits(quotas);
        }
        return uncovered(usage, covered).orElseGet(() -> charge(more));
    }

    /** What each quota concerned is charged; those that are charged nothing are left out. */
    private Map<Integer, Amounts> more(List<Integer> concerned, Amounts usage) {
        Map<Integer, Amounts> more = new HashMap<>();
        for (int index : concerned) {
            // An object that comes into a scope is charged in full.
            boolean before = charge.old()
                    .filter(old -> quotas.get(index).counts(evaluator, old))
                    .isPresent();
            Amounts added = before ? increase(usage) : usage.withoutZeros();
            if (!added.isEmpty()) {
                more.put(index, added);
            }
        }
        return more;
    }

    private Amounts increase(Amounts usage) {
        return charge.old()
                .map(old -> usage.above(evaluator.usage(old, charge.now())))
                .orElse(usage)
                .withoutZeros();
    }

    /** Refuses what is allowed only where a quota says so, and none does. */
    private Optional<Verdict> uncovered(Amounts usage, Set<String> covered) {
        Set<String> needed = new TreeSet<>();
        limited.stream()
                .filter(rule -> rule.resource().equals(evaluator.resource()))
                .forEach(rule -> usage.byName().forEach((name, amount) -> {
                    if (amount.signum() > 0 && rule.contains().stream().anyMatch(name::contains)) {
                        needed.add(name);
                    }
                }));
        needed.removeAll(covered);
        if (!needed.isEmpty()) {
            return Optional.of(new Verdict.Refused("insufficient quota to consume: " + String.join(",", needed)));
        }
        if (!evaluator.hasScopes()) {
            return Optional.empty();
        }
        Set<String> scopes = quotas.stream()
                .flatMap(quota -> quota.scopes().stream())
                .filter(scope -> evaluator.inScope(scope, charge.object()))
                .map(ScopeRule::scope)
                .collect(Collectors.toSet());
        List<String> unmatched = limited.stream()
                .flatMap(rule -> rule.scopes().stream())
                .filter(scope -> evaluator.inScope(scope, charge.object()))
                .filter(scope -> !scopes.contains(scope.scope()))
                .map(ScopeRule::toString)
                .toList();
        return unmatched.isEmpty()
                ? Optional.empty()
                : Optional.of(new Verdict.Uncovered(
                        "insufficient quota to match these scopes: [" + String.join(" ", unmatched) + "]"));
    }

    private Verdict charge(Map<Integer, Amounts> more) {
        List<Quota> charged = new ArrayList<>(quotas);
        for (int i = 0; i < charged.size(); i++) {
            Quota quota = charged.get(i);
            Amounts requested =
                    more.getOrDefault(i, Amounts.NONE).only(quota.hard().names());
            Amounts used = quota.used().plus(requested);
            Set<String> exceeded = exceeded(quota, used.only(requested.names()));
            // A status tells what has happened already: it is counted, not refused.
            if (!charge.subresource().equals("status") && !exceeded.isEmpty()) {
                return new Verdict.Refused("exceeded quota: " + quota.name() + ", requested: "
                        + requested.only(exceeded) + ", used: " + quota.used().only(exceeded) + ", limited: "
                        + quota.hard().only(exceeded));
            }
            charged.set(i, quota.withUsed(used));
        }
        return new Verdict.Fits(charged);
    }

    private static Set<String> exceeded(Quota quota, Amounts used) {
        Set<String> exceeded = new TreeSet<>();
        used.byName()
                .forEach((name, amount) -> quota.hard()
                        .get(name)
                        .filter(limit -> amount.compareTo(limit) > 0)
                        .ifPresent(_ -> exceeded.add(name)));
        return exceeded;
    }
}
