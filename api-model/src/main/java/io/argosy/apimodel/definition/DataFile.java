package io.argosy.apimodel.definition;

import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.NullValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Reads the data files of this project: YAML 1.2, trusted. Each is read once and kept; readers leave it as it is. */
final class DataFile {

    private static final String FOLDER = "/io/argosy/apimodel/definitions/";

    private static final Map<String, ObjectValue> READ = new ConcurrentHashMap<>();

    private DataFile() {}

    /** The content of {@code definitions/<name>.yaml}. */
    static ObjectValue read(String name) {
        return READ.computeIfAbsent(name, DataFile::load);
    }

    private static ObjectValue load(String name) {
        try (InputStream stream = DataFile.class.getResourceAsStream(FOLDER + name + ".yaml")) {
            if (stream == null) {
                throw new IllegalStateException("no definition file " + name);
            }
            Object content = new Load(LoadSettings.builder().setLabel(name).build()).loadFromInputStream(stream);
            return (ObjectValue) value(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Value value(@Nullable Object content) {
        return switch (content) {
            case null -> NullValue.NULL;
            case Map<?, ?> map -> {
                ObjectValue object = new ObjectValue();
                map.forEach((name, item) -> object.put(String.valueOf(name), value(item)));
                yield object;
            }
            case List<?> list -> {
                ArrayValue array = new ArrayValue();
                list.forEach(item -> array.add(value(item)));
                yield array;
            }
            case Boolean truth -> Value.of(truth.booleanValue());
            case Integer number -> Value.of(number.longValue());
            case Long number -> Value.of(number.longValue());
            case Double number -> Value.of(number.doubleValue());
            default -> Value.of(content.toString());
        };
    }
}
