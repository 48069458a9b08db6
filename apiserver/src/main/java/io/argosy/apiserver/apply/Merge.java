package io.argosy.apiserver.apply;

import io.argosy.apimodel.schema.ListSchema;
import io.argosy.apimodel.schema.Schema;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts a configuration over an object: by field, by item, and where they cannot be merged the configuration wins. */
final class Merge {

    private Merge() {}

    static ObjectValue merge(ObjectValue live, ObjectValue config, Schema schema) {
        return (ObjectValue) value(live, config, schema);
    }

    private static Value value(Value live, Value config, @Nullable Schema schema) {
        if (Shapes.absent(config)) {
            return config.copy();
        }
        if (Shapes.atomic(schema, config) || live.getClass() != config.getClass()) {
            return config.copy();
        }
        if (live instanceof ObjectValue before && config instanceof ObjectValue over) {
            return object(before, over, schema);
        }
        if (live instanceof ArrayValue before
                && config instanceof ArrayValue over
                && schema instanceof ListSchema list) {
            return list(before, over, list);
        }
        return config.copy();
    }

    private static ObjectValue object(ObjectValue live, ObjectValue config, @Nullable Schema schema) {
        ObjectValue merged = new ObjectValue();
        for (Map.Entry<String, Value> field : live.fields().entrySet()) {
            Value over = config.fields().get(field.getKey());
            PathElement element = new PathElement.Name(field.getKey());
            merged.put(
                    field.getKey(),
                    over == null
                            ? field.getValue().copy()
                            : value(field.getValue(), over, Shapes.below(schema, element)));
        }
        for (Map.Entry<String, Value> field : config.fields().entrySet()) {
            if (!live.has(field.getKey())) {
                merged.put(field.getKey(), field.getValue().copy());
            }
        }
        return merged;
    }

    /** Items of both in the order of the configuration; those of the object alone stay beside their neighbours. */
    private static ArrayValue list(ArrayValue live, ArrayValue config, ListSchema list) {
        Map<PathElement, ArrayValue> before = Shapes.items(list, live);
        Map<PathElement, ArrayValue> over = Shapes.items(list, config);
        List<PathElement> left = order(live, list);
        List<PathElement> right = order(config, list);
        Deque<PathElement> shared =
                new ArrayDeque<>(right.stream().filter(before::containsKey).toList());
        ArrayValue merged = new ArrayValue();
        int l = 0;
        int r = 0;
        while (l < left.size() || r < right.size()) {
            if (l < left.size()) {
                PathElement element = left.get(l);
                boolean next = element.equals(shared.peek());
                if (!over.containsKey(element)) {
                    merged.items().add(live.get(l).copy());
                    l++;
                    continue;
                }
                if (!next) {
                    l++;
                    continue;
                }
                if (r < right.size() && element.equals(right.get(r))) {
                    merged.add(item(before, element, config.get(r), list));
                    shared.poll();
                    l++;
                    r++;
                    continue;
                }
            }
            if (r < right.size()) {
                PathElement element = right.get(r);
                merged.add(item(before, element, config.get(r), list));
                if (element.equals(shared.peek())) {
                    shared.poll();
                }
                r++;
            }
        }
        return merged;
    }

    private static List<PathElement> order(ArrayValue items, ListSchema list) {
        List<PathElement> order = new ArrayList<>(items.size());
        for (Value item : items) {
            order.add(Shapes.element(list, item));
        }
        return order;
    }

    private static Value item(Map<PathElement, ArrayValue> before, PathElement element, Value config, ListSchema list) {
        ArrayValue known = before.get(element);
        return known == null || known.isEmpty() ? config.copy() : value(known.get(0), config, list.element());
    }
}
