package io.argosy.apimodel.codec;

import io.argosy.apimodel.schema.AnySchema;
import io.argosy.apimodel.schema.EitherSchema;
import io.argosy.apimodel.schema.Field;
import io.argosy.apimodel.schema.ListSchema;
import io.argosy.apimodel.schema.MapSchema;
import io.argosy.apimodel.schema.ObjectSchema;
import io.argosy.apimodel.schema.ScalarSchema;
import io.argosy.apimodel.schema.Schema;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/** Random objects of a type, of a few hundred fields at most. */
final class RandomTree {

    private static final List<String> TEXTS =
            List.of("", "a", "0", "true", "<x>&\"\\", "é漢😀", "two\nlines", " pad ", "\u2028", "key: value", "\u0007");
    private static final List<String> QUANTITIES =
            List.of("0", "1", "500m", "1Gi", "1024Mi", "1500M", "1e3", "0.1", "-3", "100n", "1.5Ki", "12E");

    private final Random random;
    private int budget = 300;

    private RandomTree(Random random) {
        this.random = random;
    }

    static ObjectValue of(ObjectSchema schema, Random random) {
        return new RandomTree(random).object(schema, 0);
    }

    private ObjectValue object(ObjectSchema schema, int depth) {
        ObjectValue tree = new ObjectValue();
        for (Field field : schema.fields()) {
            if (field.number() > 0 && budget > 0 && random.nextInt(2 + depth) == 0) {
                tree.put(field.name(), value(field.schema(), depth + 1));
            }
        }
        return tree;
    }

    private Value value(Schema schema, int depth) {
        budget--;
        return switch (schema) {
            case ScalarSchema scalar -> scalar(scalar.type());
            case ObjectSchema object -> depth > 12 ? new ObjectValue() : object(object, depth);
            case ListSchema list -> {
                ArrayValue items = new ArrayValue();
                for (int i = random.nextInt(3); i > 0; i--) {
                    items.add(value(list.element(), depth + 1));
                }
                yield items;
            }
            case MapSchema map -> {
                ObjectValue entries = new ObjectValue();
                for (int i = random.nextInt(4); i > 0; i--) {
                    entries.put("k" + random.nextInt(100), value(map.values(), depth + 1));
                }
                yield entries;
            }
            case AnySchema _ ->
                new ObjectValue()
                        .put("f:" + random.nextInt(9), new ObjectValue())
                        .put("n", random.nextInt());
            case EitherSchema either ->
                random.nextBoolean() ? object(either.object().get(), depth + 1) : value(either.plain(), depth + 1);
        };
    }

    private Value scalar(ScalarSchema.Type type) {
        return switch (type) {
            case STRING -> Value.of(pick(TEXTS));
            case BOOLEAN -> Value.of(random.nextBoolean());
            case INT32 -> Value.of((long) (random.nextInt(3) == 0 ? 0 : random.nextInt()));
            case INT64 -> Value.of(random.nextInt(3) == 0 ? 0 : random.nextLong());
            case DOUBLE -> Value.of(random.nextInt(1000) / 8.0 + 0.0625);
            case BYTES -> {
                byte[] bytes = new byte[1 + random.nextInt(9)];
                random.nextBytes(bytes);
                yield Value.of(Base64.getEncoder().encodeToString(bytes));
            }
            case QUANTITY -> Value.of(pick(QUANTITIES));
            case TIME -> Value.of("20" + (10 + random.nextInt(80)) + "-02-03T04:05:06+01:00");
            case MICRO_TIME -> Value.of("2026-02-03T04:05:06." + (100_000 + random.nextInt(900_000)) + "Z");
            case DURATION -> Value.of(random.nextInt(9999) + "ms");
            case INT_OR_STRING -> random.nextBoolean() ? Value.of((long) random.nextInt(99)) : Value.of(pick(TEXTS));
        };
    }

    private String pick(List<String> texts) {
        return texts.get(random.nextInt(texts.size()));
    }
}
