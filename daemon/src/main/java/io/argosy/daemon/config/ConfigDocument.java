package io.argosy.daemon.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Documents of a configuration as trees: the defaults that come with a daemon, and files of an operator. */
public final class ConfigDocument {

    private static final Logger LOG = LoggerFactory.getLogger(ConfigDocument.class);
    private static final String DEFAULTS = "defaults.yaml";

    private ConfigDocument() {}

    /** The {@code defaults.yaml} that lies beside a class. */
    public static Map<String, Object> defaults(Class<?> reader) throws ConfigurationException {
        try (InputStream in = reader.getResourceAsStream(DEFAULTS)) {
            if (in == null) {
                throw new IllegalStateException(DEFAULTS + " is missing");
            }
            return ConfigTree.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file of one kind; a field that is there twice is told in the log, and its last value holds. */
    public static Map<String, Object> read(Path file, String version, String kind)
            throws IOException, ConfigurationException {
        Map<String, Object> document;
        try {
            document = ConfigTree.parseLeniently(
                    Files.readString(file), twice -> LOG.warn("a field is there twice, the last holds: {}", twice));
        } catch (NoSuchFileException e) {
            throw new ConfigurationException("open " + file + ": no such file or directory");
        }
        String itsVersion = String.valueOf(document.getOrDefault("apiVersion", ""));
        String itsKind = String.valueOf(document.getOrDefault("kind", ""));
        if (!itsVersion.equals(version) || !itsKind.equals(kind)) {
            throw new ConfigurationException(
                    "failed to decode: no kind \"" + itsKind + "\" is registered for version \"" + itsVersion + "\"");
        }
        return document;
    }
}
