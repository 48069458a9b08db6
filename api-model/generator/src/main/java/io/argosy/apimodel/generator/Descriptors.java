package io.argosy.apimodel.generator;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** The messages of the published protobuf artifact, by published type name. */
final class Descriptors {

    private final Map<String, List<Type.Declared>> messages = new TreeMap<>();

    /** Reads the descriptors that the outer classes of a jar on the class path hold. */
    static Descriptors read(Path jar) throws IOException, ReflectiveOperationException {
        Descriptors descriptors = new Descriptors();
        try (JarFile file = new JarFile(jar.toFile())) {
            for (JarEntry entry : Collections.list(file.entries())) {
                String name = entry.getName();
                if (name.endsWith(".class") && !name.contains("$") && !name.startsWith("META-INF")) {
                    descriptors.addFile(
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'));
                }
            }
        }
        return descriptors;
    }

    private void addFile(String className) throws ReflectiveOperationException {
        Object file = Class.forName(className).getMethod("getDescriptor").invoke(null);
        if (file instanceof FileDescriptor descriptor) {
            for (Descriptor message : descriptor.getMessageTypes()) {
                List<Type.Declared> fields = new ArrayList<>();
                for (FieldDescriptor field : message.getFields()) {
                    fields.add(new Type.Declared(field.getName(), field.getNumber(), typeOf(field)));
                }
                messages.put(published(message.getFullName()), fields);
            }
        }
    }

    Map<String, List<Type.Declared>> messages() {
        return messages;
    }

    private static String typeOf(FieldDescriptor field) {
        if (field.isMapField()) {
            return "map " + single(field.getMessageType().findFieldByNumber(2));
        }
        return (field.isRepeated() ? "list " : "") + single(field);
    }

    private static String single(FieldDescriptor field) {
        return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                ? published(field.getMessageType().getFullName())
                : field.getType().name().toLowerCase(Locale.ROOT);
    }

    /** {@code k8s.io.api.core.v1.Pod} is published as {@code io.k8s.api.core.v1.Pod}. */
    private static String published(String fullName) {
        String name = fullName.startsWith("k8s.io.") ? "io.k8s." + fullName.substring("k8s.io.".length()) : fullName;
        return name.replace("apiextensions_apiserver", "apiextensions-apiserver");
    }
}
