package io.argosy.apimodel.generator;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationElement;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.FieldInstruction;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** Descriptions and required fields, read from the annotations of the published model classes without loading them. */
final class PublishedModels {

    private static final String MODELS = "io/kubernetes/client/openapi/models/";

    private final Map<String, Model> models = new HashMap<>();

    /** What one class says of its type. */
    record Model(String description, Map<String, Property> properties) {}

    /** What it says of a field. */
    record Property(String description, boolean required) {}

    static PublishedModels read(Path jar) throws IOException {
        PublishedModels published = new PublishedModels();
        try (JarFile file = new JarFile(jar.toFile())) {
            for (JarEntry entry : Collections.list(file.entries())) {
                String name = entry.getName();
                if (name.startsWith(MODELS) && name.endsWith(".class") && !name.contains("$")) {
                    try (InputStream in = file.getInputStream(entry)) {
                        published.models.put(
                                name.substring(MODELS.length(), name.length() - ".class".length()),
                                model(ClassFile.of().parse(in.readAllBytes())));
                    }
                }
            }
        }
        return published;
    }

    /** The model of a published type: {@code V1Pod}, or with its group in front where kinds share a name. */
    Optional<Model> of(String typeName) {
        String[] parts = typeName.split("\\.");
        int count = parts.length;
        if (count < 3) {
            return Optional.empty();
        }
        String plain = capital(parts[count - 2]) + parts[count - 1];
        Model qualified = models.get(capital(parts[count - 3]) + plain);
        return Optional.ofNullable(qualified == null ? models.get(plain) : qualified);
    }

    private static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    private static Model model(ClassModel type) {
        Map<String, String> names = new HashMap<>();
        for (FieldModel field : type.fields()) {
            text(field, "SerializedName", "value")
                    .ifPresent(name -> names.put(field.fieldName().stringValue(), name));
        }
        Map<String, Property> properties = new HashMap<>();
        for (MethodModel method : type.methods()) {
            Optional<Annotation> property = annotation(method, "ApiModelProperty");
            if (property.isPresent()) {
                String name = names.get(readField(method));
                if (name != null) {
                    properties.put(
                            name,
                            new Property(
                                    element(property.get(), "value")
                                            .map(PublishedModels::string)
                                            .orElse(""),
                                    element(property.get(), "required").isPresent()));
                }
            }
        }
        return new Model(text(type, "ApiModel", "description").orElse(""), properties);
    }

    /** The field that a getter reads. */
    private static String readField(MethodModel method) {
        if (method.code().isPresent()) {
            for (CodeElement element : method.code().get()) {
                if (element instanceof FieldInstruction field) {
                    return field.name().stringValue();
                }
            }
        }
        return "";
    }

    private static Optional<String> text(AttributedElement element, String annotation, String name) {
        return annotation(element, annotation)
                .flatMap(found -> element(found, name))
                .map(PublishedModels::string);
    }

    private static Optional<Annotation> annotation(AttributedElement element, String simpleName) {
        return element.findAttribute(Attributes.runtimeVisibleAnnotations()).stream()
                .flatMap(attribute -> attribute.annotations().stream())
                .filter(annotation -> annotation.className().stringValue().endsWith("/" + simpleName + ";"))
                .findFirst();
    }

    private static Optional<AnnotationValue> element(Annotation annotation, String name) {
        return annotation.elements().stream()
                .filter(element -> element.name().stringValue().equals(name))
                .map(AnnotationElement::value)
                .findFirst();
    }

    private static String string(AnnotationValue value) {
        return value instanceof AnnotationValue.OfString text ? text.stringValue() : "";
    }
}
