package io.argosy.daemon.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * A component configuration file in YAML or JSON: {@code apiVersion}, {@code kind} and fields.
 *
 * <p>Read every field through {@link #root()}, then call {@link #finish()}: types that do not fit and fields that
 * nobody read are told together.
 */
public final class ConfigFile {

    /** Larger files are refused: configuration is written by people. */
    private static final int MAX_BYTES = 3 * 1024 * 1024;

    private final String source;
    private final String apiVersion;
    private final String kind;
    private final ConfigObject root;
    private final Problems problems;

    private ConfigFile(String source, Map<String, Object> fields) {
        this.source = source;
        this.problems = new Problems();
        this.root = new ConfigObject("", fields, problems);
        this.apiVersion = root.string("apiVersion", "");
        this.kind = root.string("kind", "");
    }

    public static ConfigFile read(Path path) throws ConfigurationException {
        try {
            if (Files.size(path) > MAX_BYTES) {
                throw new ConfigurationException("failed to load config file " + path + ": larger than 3 MiB");
            }
            return parse(path.toString(), Files.readString(path));
        } catch (IOException e) {
            throw new ConfigurationException("failed to load config file: open " + path + ": " + reason(e));
        }
    }

    private static String reason(IOException e) {
        return e instanceof java.nio.file.NoSuchFileException
                ? "no such file or directory"
                : String.valueOf(e.getMessage());
    }

    /** @param source what error texts call the document */
    public static ConfigFile parse(String source, String text) throws ConfigurationException {
        try {
            LoadSettings settings = LoadSettings.builder()
                    .setLabel(source)
                    .setAllowDuplicateKeys(false)
                    .setMaxAliasesForCollections(50)
                    .build();
            Object document = new Load(settings).loadFromString(text);
            if (!(document instanceof Map<?, ?> map)) {
                throw new ConfigurationException("failed to decode " + source + ": not an object");
            }
            return new ConfigFile(source, asFields(map));
        } catch (YamlEngineException e) {
            throw new ConfigurationException("failed to decode " + source + ": " + e.getMessage());
        }
    }

    static Map<String, Object> asFields(Map<?, ?> map) {
        Map<String, Object> fields = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            if (value != null) {
                fields.put(String.valueOf(key), value);
            }
        });
        return fields;
    }

    public String apiVersion() {
        return apiVersion;
    }

    public String kind() {
        return kind;
    }

    public ConfigObject root() {
        return root;
    }

    public Problems problems() {
        return problems;
    }

    /** Refuses a document of another kind or version. */
    public ConfigFile expect(String wantedApiVersion, String wantedKind) throws ConfigurationException {
        if (!apiVersion.equals(wantedApiVersion) || !kind.equals(wantedKind)) {
            throw new ConfigurationException("failed to decode " + source + ": no kind \"" + kind
                    + "\" is registered for version \"" + apiVersion + "\"");
        }
        return this;
    }

    /** Tells what did not fit; returns what nobody read, for a reader that lets it pass. */
    public List<String> finishLeniently() throws ConfigurationException {
        if (!problems.found().isEmpty()) {
            throw new ConfigurationException("failed to decode: " + String.join(", ", problems.found()));
        }
        root.reportUnread();
        return problems.found();
    }

    /** Tells what did not fit and what nobody read. */
    public void finish() throws ConfigurationException {
        root.reportUnread();
        if (!problems.found().isEmpty()) {
            throw new ConfigurationException(
                    "failed to decode " + source + ": strict decoding error: " + String.join(", ", problems.found()));
        }
    }
}
