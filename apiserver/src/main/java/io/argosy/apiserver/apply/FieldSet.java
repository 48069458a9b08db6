package io.argosy.apiserver.apply;

import io.argosy.apimodel.schema.MapSchema;
import io.argosy.apimodel.schema.Schema;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A set of paths. A path may be in the set and be the start of others that are ({@code .} in FieldsV1). Mutable; methods
 * that return a set return a new one. See KEP-555.
 */
final class FieldSet {

    private final TreeSet<PathElement> members = new TreeSet<>();
    private final TreeMap<PathElement, FieldSet> children = new TreeMap<>();

    /** Reads {@code FieldsV1}; what cannot be read is left out. */
    static FieldSet read(ObjectValue fields) {
        FieldSet set = new FieldSet();
        for (Map.Entry<String, Value> field : fields.fields().entrySet()) {
            if (field.getKey().equals(".") || !(field.getValue() instanceof ObjectValue below)) {
                continue;
            }
            Optional<PathElement> element = PathElement.parse(field.getKey());
            if (element.isEmpty()) {
                continue;
            }
            if (below.isEmpty() || below.has(".")) {
                set.members.add(element.get());
            }
            FieldSet child = read(below);
            if (!child.isEmpty()) {
                set.children.put(element.get(), child);
            }
        }
        return set;
    }

    /** As {@code FieldsV1}. */
    ObjectValue write() {
        ObjectValue fields = new ObjectValue();
        TreeSet<PathElement> all = new TreeSet<>(members);
        all.addAll(children.keySet());
        for (PathElement element : all) {
            FieldSet child = children.get(element);
            ObjectValue below = new ObjectValue();
            if (child != null) {
                if (members.contains(element)) {
                    below.put(".", new ObjectValue());
                }
                child.write().fields().forEach(below::put);
            }
            fields.put(element.text(), below);
        }
        return fields;
    }

    boolean isEmpty() {
        return members.isEmpty() && children.isEmpty();
    }

    void add(PathElement member) {
        members.add(member);
    }

    void addPath(List<PathElement> path) {
        FieldSet set = this;
        for (PathElement element : path.subList(0, path.size() - 1)) {
            set = set.children.computeIfAbsent(element, _ -> new FieldSet());
        }
        set.members.add(path.getLast());
    }

    boolean has(PathElement member) {
        return members.contains(member);
    }

    /** The paths below an element; empty when there are none. */
    FieldSet below(PathElement element) {
        return children.getOrDefault(element, new FieldSet());
    }

    /** Puts a set below an element; an empty one changes nothing. */
    void putBelow(PathElement element, FieldSet set) {
        if (!set.isEmpty()) {
            children.put(element, set);
        }
    }

    FieldSet union(FieldSet other) {
        FieldSet result = copy();
        result.members.addAll(other.members);
        other.children.forEach((element, child) -> result.children.merge(element, child.copy(), FieldSet::union));
        return result;
    }

    FieldSet intersection(FieldSet other) {
        return combine(other, (here, there) -> here && there, true);
    }

    FieldSet difference(FieldSet other) {
        return combine(other, (here, there) -> here && !there, false);
    }

    private FieldSet combine(FieldSet other, BiPredicate<Boolean, Boolean> keep, boolean bothSides) {
        FieldSet result = new FieldSet();
        for (PathElement member : members) {
            if (keep.test(true, other.members.contains(member))) {
                result.members.add(member);
            }
        }
        children.forEach((element, child) -> {
            FieldSet there = other.children.get(element);
            if (there != null) {
                result.putBelow(element, child.combine(there, keep, bothSides));
            } else if (!bothSides) {
                result.children.put(element, child.copy());
            }
        });
        return result;
    }

    /** What is left without the paths of another set and everything below them. */
    FieldSet withoutTrees(FieldSet other) {
        FieldSet result = new FieldSet();
        for (PathElement member : members) {
            if (!other.members.contains(member)) {
                result.members.add(member);
            }
        }
        children.forEach((element, child) -> {
            if (!other.members.contains(element)) {
                FieldSet there = other.children.get(element);
                result.putBelow(element, there == null ? child.copy() : child.withoutTrees(there));
            }
        });
        return result;
    }

    /** The same with the named fields of types that lead to a path being members themselves. */
    FieldSet withNamedParents(@Nullable Schema schema) {
        FieldSet result = new FieldSet();
        result.members.addAll(members);
        children.forEach((element, child) -> {
            if (schema != null
                    && !(schema instanceof MapSchema)
                    && element instanceof PathElement.Name
                    && Shapes.knows(schema, element)) {
                result.members.add(element);
            }
            result.children.put(element, child.withNamedParents(Shapes.below(schema, element)));
        });
        return result;
    }

    FieldSet copy() {
        FieldSet copy = new FieldSet();
        copy.members.addAll(members);
        children.forEach((element, child) -> copy.children.put(element, child.copy()));
        return copy;
    }

    /** All paths, as messages show them, in order. */
    List<String> shown() {
        List<String> paths = new ArrayList<>();
        collect("", paths);
        return paths;
    }

    private void collect(String prefix, List<String> paths) {
        Iterator<PathElement> own = members.iterator();
        while (own.hasNext()) {
            paths.add(prefix + own.next().shown());
        }
        children.forEach((element, child) -> child.collect(prefix + element.shown(), paths));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FieldSet that && members.equals(that.members) && children.equals(that.children);
    }

    @Override
    public int hashCode() {
        return 31 * members.hashCode() + children.hashCode();
    }

    @Override
    public String toString() {
        return shown().toString();
    }
}
