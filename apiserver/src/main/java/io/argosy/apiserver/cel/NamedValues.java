package io.argosy.apiserver.cel;

import dev.cel.common.exceptions.CelAttributeNotFoundException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.CelValue;
import dev.cel.common.values.SelectableValue;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A map for expressions whose values are made when they are asked for. Evaluation takes it as it is: it neither copies it
 * nor looks at values that the expression does not name.
 */
public abstract class NamedValues extends CelValue implements Map<String, Object>, SelectableValue<String> {

    private static final CelType TYPE = MapType.create(SimpleType.DYN, SimpleType.DYN);

    /** The names that have values. */
    public abstract Set<String> names();

    /** The value of a name; null when there is none. */
    public abstract @Nullable Object valueOf(String name);

    @Override
    public final Object value() {
        return this;
    }

    @Override
    public final boolean isZeroValue() {
        return isEmpty();
    }

    @Override
    public final CelType celType() {
        return TYPE;
    }

    @Override
    public final Object select(String field) {
        Object value = valueOf(field);
        if (value == null) {
            throw CelAttributeNotFoundException.forMissingMapKey(field);
        }
        return value;
    }

    @Override
    public final Optional<Object> find(String field) {
        return Optional.ofNullable(valueOf(field));
    }

    @Override
    public final int size() {
        return names().size();
    }

    @Override
    public final boolean isEmpty() {
        return names().isEmpty();
    }

    @Override
    public final boolean containsKey(@Nullable Object key) {
        return key instanceof String name && names().contains(name);
    }

    @Override
    public final boolean containsValue(@Nullable Object value) {
        return values().contains(value);
    }

    @Override
    public final @Nullable Object get(@Nullable Object key) {
        return key instanceof String name ? valueOf(name) : null;
    }

    @Override
    public final Set<String> keySet() {
        return names();
    }

    @Override
    public final Collection<Object> values() {
        return whole().values();
    }

    @Override
    public final Set<Entry<String, Object>> entrySet() {
        return whole().entrySet();
    }

    private Map<String, Object> whole() {
        return new AbstractMap<>() {
            @Override
            public Set<Entry<String, Object>> entrySet() {
                return new AbstractSet<>() {
                    @Override
                    public Iterator<Entry<String, Object>> iterator() {
                        Iterator<String> all = names().iterator();
                        return new Iterator<>() {
                            @Override
                            public boolean hasNext() {
                                return all.hasNext();
                            }

                            @Override
                            public Entry<String, Object> next() {
                                String name = all.next();
                                return Map.entry(name, select(name));
                            }
                        };
                    }

                    @Override
                    public int size() {
                        return names().size();
                    }
                };
            }
        };
    }

    @Override
    public final Object put(String key, Object value) {
        throw new UnsupportedOperationException("expressions change nothing");
    }

    @Override
    public final Object remove(@Nullable Object key) {
        throw new UnsupportedOperationException("expressions change nothing");
    }

    @Override
    public final void putAll(Map<? extends String, ?> others) {
        throw new UnsupportedOperationException("expressions change nothing");
    }

    @Override
    public final void clear() {
        throw new UnsupportedOperationException("expressions change nothing");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Map<?, ?> map && whole().equals(map);
    }

    @Override
    public int hashCode() {
        return whole().hashCode();
    }

    @Override
    public String toString() {
        return whole().toString();
    }
}
