package io.argosy.apimodel.quota;

import io.argosy.apimodel.quantity.Quantity;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.StringValue;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Quantities by the name of the resource, in the order of names. Immutable. */
public record Amounts(SortedMap<String, Quantity> byName) {

    public static final Amounts NONE = new Amounts(new TreeMap<>());

    public Amounts {
        byName = Collections.unmodifiableSortedMap(new TreeMap<>(byName));
    }

    /** What an object lists; entries that are no quantities are left out. */
    public static Amounts read(Optional<ObjectValue> list) {
        TreeMap<String, Quantity> read = new TreeMap<>();
        list.ifPresent(all -> all.fields().forEach((name, value) -> {
            if (value instanceof StringValue text) {
                Quantity.tryParse(text.value()).ifPresent(amount -> read.put(name, amount));
            }
        }));
        return new Amounts(read);
    }

    public static Amounts of(Map<String, Quantity> amounts) {
        return new Amounts(new TreeMap<>(amounts));
    }

    /** Nothing of each of the names. */
    public static Amounts zeros(Collection<String> names) {
        TreeMap<String, Quantity> zeros = new TreeMap<>();
        names.forEach(name -> zeros.put(name, Quantity.ZERO));
        return new Amounts(zeros);
    }

    public ObjectValue toTree() {
        ObjectValue tree = new ObjectValue();
        byName.forEach((name, amount) -> tree.put(name, amount.toString()));
        return tree;
    }

    public Set<String> names() {
        return byName.keySet();
    }

    public Optional<Quantity> get(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    public boolean isEmpty() {
        return byName.isEmpty();
    }

    public Amounts plus(Amounts other) {
        TreeMap<String, Quantity> sum = new TreeMap<>(byName);
        other.byName.forEach((name, amount) -> sum.merge(name, amount, Quantity::plus));
        return new Amounts(sum);
    }

    /** What this has more than another; nothing where it has less. */
    public Amounts above(Amounts other) {
        TreeMap<String, Quantity> rest = new TreeMap<>();
        byName.forEach((name, amount) -> {
            Quantity left = other.get(name).map(amount::minus).orElse(amount);
            rest.put(name, left.signum() > 0 ? left : Quantity.ZERO);
        });
        other.byName.keySet().forEach(name -> rest.putIfAbsent(name, Quantity.ZERO));
        return new Amounts(rest);
    }

    /** The larger amount of each name. */
    public Amounts atLeast(Amounts other) {
        TreeMap<String, Quantity> larger = new TreeMap<>(byName);
        other.byName.forEach(
                (name, amount) -> larger.merge(name, amount, (own, their) -> own.compareTo(their) >= 0 ? own : their));
        return new Amounts(larger);
    }

    /** These with the other's in place of those of the same name. */
    public Amounts replacedBy(Amounts other) {
        TreeMap<String, Quantity> all = new TreeMap<>(byName);
        all.putAll(other.byName);
        return new Amounts(all);
    }

    public Amounts only(Collection<String> names) {
        return where(names::contains);
    }

    public Amounts withoutZeros() {
        TreeMap<String, Quantity> kept = new TreeMap<>(byName);
        kept.values().removeIf(Quantity::isZero);
        return new Amounts(kept);
    }

    public Amounts negative() {
        TreeMap<String, Quantity> kept = new TreeMap<>(byName);
        kept.values().removeIf(amount -> amount.signum() >= 0);
        return new Amounts(kept);
    }

    Amounts where(Predicate<String> name) {
        TreeMap<String, Quantity> kept = new TreeMap<>(byName);
        kept.keySet().removeIf(name.negate());
        return new Amounts(kept);
    }

    /** Whether both have the same amounts, however they are written. */
    public boolean sameAs(Amounts other) {
        return byName.keySet().equals(other.byName.keySet())
                && byName.entrySet().stream()
                        .allMatch(entry -> entry.getValue().sameAmount(other.byName.get(entry.getKey())));
    }

    /** {@code cpu=1,pods=2}. */
    @Override
    public String toString() {
        return byName.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(","));
    }
}
