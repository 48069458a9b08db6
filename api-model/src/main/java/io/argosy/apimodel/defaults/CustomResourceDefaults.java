package io.argosy.apimodel.defaults;

import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.Locale;

/** Definitions of custom resources: names, conversion, and the versions in which objects may be stored. */
final class CustomResourceDefaults {

    private CustomResourceDefaults() {}

    static void fill(ObjectValue definition) {
        ObjectValue spec = definition.objectOrNew("spec");
        ObjectValue names = spec.objectOrNew("names");
        String kind = names.string("kind").orElse("");
        if (!kind.isEmpty()) {
            fillName(names, "singular", kind.toLowerCase(Locale.ROOT));
            fillName(names, "listKind", kind + "List");
        }
        if (!spec.has("conversion")) {
            spec.put("conversion", new ObjectValue().put("strategy", "None"));
        }
        boolean unknown = definition
                .array("status", "storedVersions")
                .filter(versions -> !versions.isEmpty())
                .isEmpty();
        if (unknown) {
            spec.array("versions").stream()
                    .flatMap(ArrayValue::objects)
                    .filter(version -> version.isTrue("storage"))
                    .findFirst()
                    .flatMap(version -> version.at("name"))
                    .ifPresent(name -> definition.objectOrNew("status").put("storedVersions", ArrayValue.of(name)));
        }
    }

    private static void fillName(ObjectValue names, String field, String value) {
        if (names.string(field).orElse("").isEmpty()) {
            names.put(field, value);
        }
    }
}
