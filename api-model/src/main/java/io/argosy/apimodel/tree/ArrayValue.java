package io.argosy.apimodel.tree;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** An ordered list of values. */
public final class ArrayValue implements Value, Iterable<Value> {

    private final ArrayList<Value> items;

    public ArrayValue() {
        this.items = new ArrayList<>();
    }

    public ArrayValue(Collection<? extends Value> items) {
        this.items = new ArrayList<>(items);
    }

    public static ArrayValue of(Value... items) {
        return new ArrayValue(List.of(items));
    }

    public static ArrayValue ofStrings(Collection<String> items) {
        ArrayValue array = new ArrayValue();
        items.forEach(item -> array.add(Value.of(item)));
        return array;
    }

    public int size() {
        return items.size();
    }

    public boolean isEmpty() {
        return items.isEmpty();
    }

    public Value get(int index) {
        return items.get(index);
    }

    public ArrayValue add(Value item) {
        items.add(item);
        return this;
    }

    /** The list itself: changes to it change this array. */
    public List<Value> items() {
        return items;
    }

    /** The items that are objects, in order. */
    public Stream<ObjectValue> objects() {
        return items.stream().filter(ObjectValue.class::isInstance).map(ObjectValue.class::cast);
    }

    /** The items that are strings, in order. */
    public Stream<String> strings() {
        return items.stream().filter(StringValue.class::isInstance).map(item -> ((StringValue) item).value());
    }

    @Override
    public Iterator<Value> iterator() {
        return items.iterator();
    }

    @Override
    public ArrayValue copy() {
        ArrayValue copy = new ArrayValue();
        copy.items.ensureCapacity(items.size());
        for (Value item : items) {
            copy.items.add(item.copy());
        }
        return copy;
    }

    @Override
    public String typeName() {
        return "array";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ArrayValue that && items.equals(that.items);
    }

    @Override
    public int hashCode() {
        return items.hashCode();
    }

    @Override
    public String toString() {
        return items.toString();
    }
}
