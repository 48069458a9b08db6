package io.argosy.apiserver.admission.configuration;

import io.argosy.apimodel.codec.YamlReader;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code --admission-control-config-file} says, by plugin: an {@code AdmissionConfiguration} holds each plugin's own
 * configuration or names the file that does.
 *
 * @param byPlugin the configurations by the names of their plugins
 */
public record AdmissionConfiguration(Map<String, ObjectValue> byPlugin) {

    public static final AdmissionConfiguration NONE = new AdmissionConfiguration(Map.of());

    private static final Set<String> VERSIONS = Set.of("apiserver.config.k8s.io/v1", "apiserver.k8s.io/v1alpha1");

    public AdmissionConfiguration {
        byPlugin = Map.copyOf(byPlugin);
    }

    public Optional<ObjectValue> of(String plugin) {
        return Optional.ofNullable(byPlugin.get(plugin));
    }

    /**
     * Reads a file, and those that it names, relative to itself.
     *
     * @throws IllegalArgumentException for a file that cannot be read or says something else
     */
    public static AdmissionConfiguration read(Path file) {
        ObjectValue root = document(file, "unable to read admission control configuration from");
        String version = root.string("apiVersion").orElse("");
        String kind = root.string("kind").orElse("");
        if (!VERSIONS.contains(version) || !kind.equals("AdmissionConfiguration")) {
            throw new IllegalArgumentException(
                    "no kind \"" + kind + "\" is registered for version \"" + version + "\"");
        }
        Map<String, ObjectValue> byPlugin = new HashMap<>();
        for (ObjectValue plugin :
                root.array("plugins").stream().flatMap(ArrayValue::objects).toList()) {
            String path = plugin.string("path").orElse("");
            Optional<ObjectValue> configuration = plugin.object("configuration")
                    .or(() -> path.isEmpty()
                            ? Optional.empty()
                            : Optional.of(document(
                                    file.toAbsolutePath().resolveSibling(path),
                                    "Couldn't open admission plugin configuration")));
            // The first of several entries of one plugin counts.
            configuration.ifPresent(
                    found -> byPlugin.putIfAbsent(plugin.string("name").orElse(""), found));
        }
        return new AdmissionConfiguration(byPlugin);
    }

    private static ObjectValue document(Path file, String problem) {
        try {
            if (YamlReader.read(Files.readAllBytes(file)) instanceof ObjectValue document) {
                return document;
            }
            throw new IllegalArgumentException(problem + " \"" + file + "\" [not an object]");
        } catch (IOException | UncheckedIOException | ApiException e) {
            throw new IllegalArgumentException(problem + " \"" + file + "\" [" + e.getMessage() + "]", e);
        }
    }
}
