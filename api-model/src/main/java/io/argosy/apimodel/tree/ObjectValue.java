package io.argosy.apimodel.tree;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Named fields in the order in which they were put; equality does not look at the order. */
public final class ObjectValue implements Value {

    private final LinkedHashMap<String, Value> fields;

    public ObjectValue() {
        this.fields = new LinkedHashMap<>();
    }

    public ObjectValue(Map<String, ? extends Value> fields) {
        this.fields = new LinkedHashMap<>(fields);
    }

    public static ObjectValue ofStrings(Map<String, String> entries) {
        ObjectValue object = new ObjectValue();
        entries.forEach((name, text) -> object.put(name, Value.of(text)));
        return object;
    }

    public ObjectValue put(String name, Value value) {
        fields.put(name, value);
        return this;
    }

    public ObjectValue put(String name, String value) {
        return put(name, Value.of(value));
    }

    public ObjectValue put(String name, long value) {
        return put(name, Value.of(value));
    }

    public ObjectValue put(String name, boolean value) {
        return put(name, Value.of(value));
    }

    public Optional<Value> remove(String name) {
        return Optional.ofNullable(fields.remove(name));
    }

    public boolean has(String name) {
        return fields.containsKey(name);
    }

    public int size() {
        return fields.size();
    }

    public boolean isEmpty() {
        return fields.isEmpty();
    }

    public Set<String> names() {
        return fields.keySet();
    }

    /** The map itself: changes to it change this object. */
    public Map<String, Value> fields() {
        return fields;
    }

    /** The value at a path of field names; empty when any step is absent or not an object. */
    public Optional<Value> at(String... path) {
        return Optional.ofNullable(find(path));
    }

    /** The string at a path; empty when absent or of another type. */
    public Optional<String> string(String... path) {
        return find(path) instanceof StringValue text ? Optional.of(text.value()) : Optional.empty();
    }

    /** The integer at a path; empty when absent or of another type. */
    public Optional<Long> integer(String... path) {
        return find(path) instanceof IntegerValue number ? Optional.of(number.value()) : Optional.empty();
    }

    /** The boolean at a path; false when absent or of another type. */
    public boolean isTrue(String... path) {
        return find(path) instanceof BooleanValue truth && truth.value();
    }

    /** The object at a path; empty when absent or of another type. */
    public Optional<ObjectValue> object(String... path) {
        return find(path) instanceof ObjectValue object ? Optional.of(object) : Optional.empty();
    }

    /** The array at a path; empty when absent or of another type. */
    public Optional<ArrayValue> array(String... path) {
        return find(path) instanceof ArrayValue array ? Optional.of(array) : Optional.empty();
    }

    /** The object at a field, put there empty when the field is absent, null or of another type. */
    public ObjectValue objectOrNew(String name) {
        if (fields.get(name) instanceof ObjectValue object) {
            return object;
        }
        ObjectValue created = new ObjectValue();
        fields.put(name, created);
        return created;
    }

    /** The array at a field, put there empty when the field is absent, null or of another type. */
    public ArrayValue arrayOrNew(String name) {
        if (fields.get(name) instanceof ArrayValue array) {
            return array;
        }
        ArrayValue created = new ArrayValue();
        fields.put(name, created);
        return created;
    }

    private @Nullable Value find(String... path) {
        Value value = this;
        for (String name : path) {
            if (!(value instanceof ObjectValue object)) {
                return null;
            }
            value = object.fields.get(name);
            if (value == null) {
                return null;
            }
        }
        return value;
    }

    @Override
    public ObjectValue copy() {
        ObjectValue copy = new ObjectValue();
        fields.forEach((name, value) -> copy.fields.put(name, value.copy()));
        return copy;
    }

    @Override
    public String typeName() {
        return "object";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ObjectValue that && fields.equals(that.fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    @Override
    public String toString() {
        return fields.toString();
    }
}
