package io.argosy.apimodel.generator;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** {@code Main <folder of definition files> <output folder>}: does nothing when the output is newer than all inputs. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) throws IOException, ReflectiveOperationException, URISyntaxException {
        Path definitions = Path.of(arguments[0]);
        Path output = Path.of(arguments[1]).resolve("io/argosy/apimodel/schema");
        Path descriptorJar = jarOf("io.kubernetes.client.proto.V1");
        Path modelJar = jarOf("io.kubernetes.client.openapi.models.V1Pod");
        List<Path> files;
        try (Stream<Path> found = Files.list(definitions)) {
            files = found.filter(path -> path.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
        Path typeFile = output.resolve("types.bin");
        Path descriptionFile = output.resolve("descriptions.txt");
        if (isNewer(descriptionFile, files, definitions, jarOf(Main.class.getName()))) {
            return;
        }
        Descriptors descriptors = Descriptors.read(descriptorJar);
        PublishedModels models = PublishedModels.read(modelJar);
        List<Type> types = new ArrayList<>();
        for (Path file : files) {
            types.addAll(DefinitionFile.read(file).types(descriptors.messages(), models));
        }
        types.sort(Comparator.comparing(Type::name));
        Files.createDirectories(output);
        Files.write(typeFile, new TypeFile().write(types));
        Files.writeString(descriptionFile, new DescriptionFile(models).write(types));
    }

    private static Path jarOf(String className) throws ClassNotFoundException, URISyntaxException {
        Class<?> type = Class.forName(className, false, Main.class.getClassLoader());
        URI location = type.getProtectionDomain().getCodeSource().getLocation().toURI();
        return Path.of(location);
    }

    private static boolean isNewer(Path output, List<Path> files, Path folder, Path generator) throws IOException {
        if (!Files.exists(output)) {
            return false;
        }
        FileTime made = Files.getLastModifiedTime(output);
        List<Path> inputs = new ArrayList<>(files);
        inputs.add(folder);
        if (Files.isDirectory(generator)) {
            try (Stream<Path> classes = Files.walk(generator)) {
                inputs.addAll(classes.toList());
            }
        } else {
            inputs.add(generator);
        }
        for (Path input : inputs) {
            if (Files.getLastModifiedTime(input).compareTo(made) > 0) {
                return false;
            }
        }
        return true;
    }
}
