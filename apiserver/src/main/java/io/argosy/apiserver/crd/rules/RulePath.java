package io.argosy.apiserver.crd.rules;

import io.argosy.apimodel.schema.Field;
import io.argosy.apimodel.schema.MapSchema;
import io.argosy.apimodel.schema.ObjectSchema;
import io.argosy.apimodel.schema.Schema;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Paths from a value to one of its fields: {@code .spec.list}, {@code .map['a.b']}. */
final class RulePath {

    private static final Pattern STEP = Pattern.compile("\\.([^.\\[\\]']+)|\\['((?:[^'\\\\]|\\\\.)*)'\\]");

    private RulePath() {}

    /** Whether a path leads to a field that the schema declares. */
    static boolean leads(Schema schema, String path) {
        Matcher step = STEP.matcher(path);
        int at = 0;
        Optional<Schema> place = Optional.of(schema);
        while (at < path.length()) {
            if (!step.find(at) || step.start() != at || place.isEmpty()) {
                return false;
            }
            boolean quoted = step.group(1) == null;
            String name = quoted ? step.group(2) : step.group(1);
            place = switch (place.get()) {
                case ObjectSchema object -> object.field(name).map(Field::schema);
                case MapSchema map when quoted -> Optional.of(map.values());
                default -> Optional.empty();
            };
            at = step.end();
        }
        return at > 0 && place.isPresent();
    }
}
