package io.argosy.apimodel.generator;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes the descriptions: a line {@code # type description} per type, then a line {@code field description} per field;
 * line breaks are written {@code \n}, backslashes {@code \\}. An object field without one of its own has its type's.
 */
final class DescriptionFile {

    private final PublishedModels models;

    DescriptionFile(PublishedModels models) {
        this.models = models;
    }

    String write(List<Type> types) {
        StringBuilder text = new StringBuilder();
        for (Type type : types) {
            models.of(type.name()).ifPresent(model -> {
                text.append("# ")
                        .append(type.name())
                        .append(' ')
                        .append(escape(model.description()))
                        .append('\n');
                Map<String, String> fields = new TreeMap<>();
                model.properties().forEach((name, property) -> fields.put(name, property.description()));
                for (Type.Member member : type.members()) {
                    if ("".equals(fields.get(member.name())) && member.type().indexOf(' ') < 0) {
                        models.of(member.type()).ifPresent(own -> fields.put(member.name(), own.description()));
                    }
                }
                fields.forEach((name, description) -> {
                    if (!description.isEmpty()) {
                        text.append(name)
                                .append(' ')
                                .append(escape(description))
                                .append('\n');
                    }
                });
            });
        }
        return text.toString();
    }

    private static String escape(String text) {
        return text.replace("\\", "\\\\").replace("\n", "\\n");
    }
}
