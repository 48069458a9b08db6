package io.argosy.apiserver.apply;

import io.argosy.apimodel.schema.ListSchema;
import io.argosy.apimodel.schema.Schema;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The paths in which two states of an object differ. */
record Comparison(FieldSet added, FieldSet modified, FieldSet removed) {

    static Comparison of(ObjectValue before, ObjectValue after, Schema schema) {
        Walk walk = new Walk();
        walk.children(before, after, schema);
        return new Comparison(walk.added, walk.modified, walk.removed);
    }

    Comparison without(FieldSet ignored) {
        return new Comparison(
                added.withoutTrees(ignored), modified.withoutTrees(ignored), removed.withoutTrees(ignored));
    }

    boolean isEmpty() {
        return added.isEmpty() && modified.isEmpty() && removed.isEmpty();
    }

    /** One walk over both states side by side. */
    private static final class Walk {
        private final FieldSet added = new FieldSet();
        private final FieldSet modified = new FieldSet();
        private final FieldSet removed = new FieldSet();
        private final List<PathElement> path = new ArrayList<>();

        void children(@Nullable Value before, @Nullable Value after, @Nullable Schema schema) {
            if (before instanceof ArrayValue || after instanceof ArrayValue) {
                if (schema instanceof ListSchema list) {
                    items(list, before, after);
                }
                return;
            }
            Set<String> names = new LinkedHashSet<>();
            if (before instanceof ObjectValue object) {
                names.addAll(object.names());
            }
            if (after instanceof ObjectValue object) {
                names.addAll(object.names());
            }
            for (String name : names) {
                PathElement element = new PathElement.Name(name);
                pair(element, field(before, name), field(after, name), Shapes.below(schema, element));
            }
        }

        private static @Nullable Value field(@Nullable Value value, String name) {
            return value instanceof ObjectValue object ? object.fields().get(name) : null;
        }

        private void items(ListSchema list, @Nullable Value before, @Nullable Value after) {
            Map<PathElement, ArrayValue> old = Shapes.items(list, before);
            Map<PathElement, ArrayValue> now = Shapes.items(list, after);
            Set<PathElement> elements = new LinkedHashSet<>(old.keySet());
            elements.addAll(now.keySet());
            for (PathElement element : elements) {
                ArrayValue left = old.getOrDefault(element, new ArrayValue());
                ArrayValue right = now.getOrDefault(element, new ArrayValue());
                if (left.size() <= 1 && right.size() <= 1) {
                    pair(element, first(left), first(right), list.element());
                } else if (!left.equals(right)) {
                    path.add(element);
                    (left.isEmpty() ? added : right.isEmpty() ? removed : modified).addPath(path);
                    path.removeLast();
                }
            }
        }

        private static @Nullable Value first(ArrayValue items) {
            return items.isEmpty() ? null : items.get(0);
        }

        private void pair(PathElement element, @Nullable Value before, @Nullable Value after, @Nullable Schema schema) {
            if (before == null && after == null) {
                return;
            }
            path.add(element);
            boolean leaf = leaf(before, schema) && leaf(after, schema) || (Shapes.empty(before) && Shapes.empty(after));
            if (leaf) {
                compareLeaf(before, after);
            } else {
                if (mixed(before, after)) {
                    modified.addPath(path);
                } else {
                    children(before, after, schema);
                }
                if (before == null) {
                    added.addPath(path);
                } else if (after == null) {
                    removed.addPath(path);
                }
            }
            path.removeLast();
        }

        private static boolean mixed(@Nullable Value before, @Nullable Value after) {
            return before != null
                    && after != null
                    && !Shapes.absent(before)
                    && !Shapes.absent(after)
                    && before.getClass() != after.getClass();
        }

        private static boolean leaf(@Nullable Value value, @Nullable Schema schema) {
            return value == null || Shapes.atomic(schema, value);
        }

        private void compareLeaf(@Nullable Value before, @Nullable Value after) {
            if (before == null) {
                added.addPath(path);
            } else if (after == null) {
                removed.addPath(path);
            } else if (!before.equals(after)) {
                modified.addPath(path);
            }
        }
    }
}
