package io.argosy.apiserver.table;

import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A path as kubectl and custom resources write it (the Kubernetes page "JSONPath Support"): fields, quoted fields,
 * indexes, slices, unions, wildcards, descent and filters. Missing parts give no result.
 */
public final class JsonPath {

    private final List<Step> steps;

    JsonPath(List<Step> steps) {
        this.steps = List.copyOf(steps);
    }

    /**
     * Reads a path like {@code .status.conditions[?(@.type=="Ready")].status}.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static JsonPath parse(String text) {
        return new JsonPathParser(text).path();
    }

    /** All values there, in order. */
    public List<Value> find(Value root) {
        List<Value> values = List.of(root);
        for (Step step : steps) {
            List<Value> next = new ArrayList<>();
            for (Value value : values) {
                step.follow(value, next);
            }
            values = next;
        }
        return values;
    }

    /** The first value there. */
    public Optional<Value> first(Value root) {
        List<Value> found = find(root);
        return found.isEmpty() ? Optional.empty() : Optional.of(found.getFirst());
    }

    /** One step of the way, from a value to any number of its parts. */
    sealed interface Step {

        void follow(Value from, List<Value> found);

        record Name(String name) implements Step {
            @Override
            public void follow(Value from, List<Value> found) {
                if (from instanceof ObjectValue object) {
                    object.at(name).ifPresent(found::add);
                }
            }
        }

        /** Items from one index to before another, each counted from the end when negative. */
        record Slice(Optional<Integer> from, Optional<Integer> to, int by) implements Step {
            @Override
            public void follow(Value value, List<Value> found) {
                if (value instanceof ArrayValue array) {
                    int start = bound(from.orElse(0), array.size());
                    int end = bound(to.orElse(array.size()), array.size());
                    for (int i = start; i < end; i += by) {
                        found.add(array.get(i));
                    }
                }
            }

            private static int bound(int index, int size) {
                return Math.clamp(index < 0 ? (long) index + size : index, 0, size);
            }
        }

        record Index(int index) implements Step {
            @Override
            public void follow(Value from, List<Value> found) {
                if (from instanceof ArrayValue array) {
                    int at = index < 0 ? index + array.size() : index;
                    if (at >= 0 && at < array.size()) {
                        found.add(array.get(at));
                    }
                }
            }
        }

        record All() implements Step {
            @Override
            public void follow(Value from, List<Value> found) {
                switch (from) {
                    case ArrayValue array -> found.addAll(array.items());
                    case ObjectValue object -> found.addAll(object.fields().values());
                    default -> {}
                }
            }
        }

        /** The value and everything in it. */
        record Descent() implements Step {
            @Override
            public void follow(Value from, List<Value> found) {
                found.add(from);
                List<Value> parts = new ArrayList<>();
                new All().follow(from, parts);
                parts.forEach(part -> follow(part, found));
            }
        }

        record Union(List<Step> steps) implements Step {
            @Override
            public void follow(Value from, List<Value> found) {
                steps.forEach(step -> step.follow(from, found));
            }
        }

        record Filter(JsonPathFilter filter) implements Step {
            @Override
            public void follow(Value from, List<Value> found) {
                if (from instanceof ArrayValue array) {
                    array.items().stream().filter(filter::accepts).forEach(found::add);
                }
            }
        }
    }
}
