package io.argosy.apiserver.cel;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import io.argosy.apimodel.time.ApiDuration;
import io.argosy.apimodel.time.ApiTime;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.BooleanValue;
import io.argosy.apimodel.tree.DoubleValue;
import io.argosy.apimodel.tree.IntegerValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.StringValue;
import io.argosy.apimodel.tree.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.AbstractList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Trees as expressions see them, and back. What expressions see are views: nothing is copied. */
public final class TreeValues {

    private TreeValues() {}

    /** A value without a schema. */
    public static Object of(Value value) {
        return switch (value) {
            case StringValue text -> text.value();
            case IntegerValue number -> number.value();
            case DoubleValue number -> number.value();
            case BooleanValue truth -> truth.value();
            case io.argosy.apimodel.tree.NullValue _ -> NullValue.NULL_VALUE;
            case ArrayValue array -> new ListView(array);
            case ObjectValue object -> new MapView(object);
        };
    }

    public static Object of(Optional<? extends Value> value) {
        return value.isPresent() ? of(value.get()) : NullValue.NULL_VALUE;
    }

    /**
     * A result as a tree.
     *
     * @throws IllegalArgumentException for what has no form in JSON
     */
    public static Value toTree(Object value) {
        return switch (value) {
            case String text -> Value.of(text);
            case Long number -> Value.of(number);
            case UnsignedLong number -> Value.of(number.longValue());
            case Double number -> Value.of(number);
            case Boolean truth -> Value.of(truth);
            case NullValue _ -> io.argosy.apimodel.tree.NullValue.NULL;
            case CelByteString bytes -> Value.of(Base64.getEncoder().encodeToString(bytes.toByteArray()));
            case Instant time -> Value.of(ApiTime.format(time));
            case Duration duration -> Value.of(ApiDuration.format(duration));
            case ListView list -> list.array.copy();
            case MapView map -> map.object.copy();
            case List<?> list -> {
                ArrayValue array = new ArrayValue();
                list.forEach(item -> array.add(toTree(item)));
                yield array;
            }
            case Map<?, ?> map -> {
                ObjectValue object = new ObjectValue();
                map.forEach((key, item) -> object.put(key(key), toTree(item)));
                yield object;
            }
            case Optional<?> optional ->
                optional.isPresent() ? toTree(optional.get()) : io.argosy.apimodel.tree.NullValue.NULL;
            default ->
                throw new IllegalArgumentException(
                        "no JSON form of " + value.getClass().getSimpleName());
        };
    }

    private static String key(Object key) {
        if (key instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("unsupported map key type, must be string");
    }

    private static final class ListView extends AbstractList<Object> {
        private final ArrayValue array;

        ListView(ArrayValue array) {
            this.array = array;
        }

        @Override
        public Object get(int index) {
            return of(array.get(index));
        }

        @Override
        public int size() {
            return array.size();
        }
    }

    /** Trees are not changed while expressions look at them. */
    @SuppressWarnings("Immutable")
    private static final class MapView extends NamedValues {
        private final ObjectValue object;

        MapView(ObjectValue object) {
            this.object = object;
        }

        @Override
        public Set<String> names() {
            return object.names();
        }

        @Override
        public @Nullable Object valueOf(String name) {
            Value value = object.fields().get(name);
            return value == null ? null : of(value);
        }
    }
}
