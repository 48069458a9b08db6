package io.argosy.apiserver.crd.rules;

import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import io.argosy.apimodel.schema.AnySchema;
import io.argosy.apimodel.schema.Field;
import io.argosy.apimodel.schema.ListSchema;
import io.argosy.apimodel.schema.MapSchema;
import io.argosy.apimodel.schema.ObjectSchema;
import io.argosy.apimodel.schema.ScalarSchema;
import io.argosy.apimodel.schema.Schema;
import io.argosy.apimodel.time.ApiDuration;
import io.argosy.apimodel.time.ApiTime;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.IntegerValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.StringValue;
import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.cel.NamedValues;
import io.argosy.apiserver.cel.TreeValues;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.AbstractList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Values of a schema as expressions see them: with the types that {@link SchemaTypes} gives them. */
final class SchemaValues {

    private static final Set<String> META = Set.of("name", "generateName");

    private SchemaValues() {}

    static Object of(Value value, Schema schema) {
        return switch (value) {
            case ObjectValue object when schema instanceof ObjectSchema fields -> new Properties(object, fields);
            case ObjectValue object when schema instanceof MapSchema map -> new Entries(object, map.values());
            case ArrayValue array when schema instanceof ListSchema list -> new Items(array, list.element());
            case StringValue text
            when schema instanceof ScalarSchema scalar ->
                text(text.value(), scalar.checks().format(), scalar.type());
            case IntegerValue number
            when schema instanceof ScalarSchema scalar && scalar.type() == ScalarSchema.Type.DOUBLE ->
                (double) number.value();
            default -> TreeValues.of(value);
        };
    }

    /** A text that has not its format is seen as it is; the schema's own check tells it. */
    private static Object text(String text, String format, ScalarSchema.Type type) {
        if (type == ScalarSchema.Type.INT_OR_STRING) {
            return text;
        }
        return switch (format) {
            case "byte" -> bytes(text);
            case "date-time" -> ApiTime.parse(text).map(Object.class::cast).orElse(text);
            case "date" -> date(text);
            case "duration" -> ApiDuration.parse(text).map(Object.class::cast).orElse(text);
            default -> text;
        };
    }

    private static Object bytes(String text) {
        try {
            return CelByteString.of(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException _) {
            return text;
        }
    }

    private static Object date(String text) {
        try {
            return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeException _) {
            return text;
        }
    }

    /** Trees are not changed while expressions look at them. */
    @SuppressWarnings("Immutable")
    private static final class Properties extends NamedValues {
        private final ObjectValue object;
        private final ObjectSchema schema;

        Properties(ObjectValue object, ObjectSchema schema) {
            this.object = object;
            this.schema = schema;
        }

        @Override
        public Set<String> names() {
            Set<String> names = new LinkedHashSet<>();
            for (String name : object.names()) {
                if (visible(name)) {
                    PropertyNames.escape(name).ifPresent(names::add);
                }
            }
            return names;
        }

        private boolean visible(String name) {
            if (!schema.name().isEmpty()) {
                return META.contains(name);
            }
            Field field = schema.fieldOrNull(name);
            return field != null && !(field.schema() instanceof AnySchema);
        }

        @Override
        public @Nullable Object valueOf(String escaped) {
            String name = PropertyNames.unescape(escaped);
            Value value = object.fields().get(name);
            if (value == null || !visible(name)) {
                return null;
            }
            Field field = schema.fieldOrNull(name);
            return value == io.argosy.apimodel.tree.NullValue.NULL || field == null
                    ? NullValue.NULL_VALUE
                    : of(value, field.schema());
        }
    }

    /** Trees are not changed while expressions look at them. */
    @SuppressWarnings("Immutable")
    private static final class Entries extends NamedValues {
        private final ObjectValue object;
        private final Schema values;

        Entries(ObjectValue object, Schema values) {
            this.object = object;
            this.values = values;
        }

        @Override
        public Set<String> names() {
            return object.names();
        }

        @Override
        public @Nullable Object valueOf(String name) {
            Value value = object.fields().get(name);
            return value == null ? null : of(value, values);
        }
    }

    private static final class Items extends AbstractList<Object> {
        private final ArrayValue array;
        private final Schema element;

        Items(ArrayValue array, Schema element) {
            this.array = array;
            this.element = element;
        }

        @Override
        public Object get(int index) {
            return of(array.get(index), element);
        }

        @Override
        public int size() {
            return array.size();
        }
    }
}
