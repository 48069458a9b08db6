package io.argosy.apiserver.storage.encryption;

import io.argosy.apimodel.codec.ParseNotes;
import io.argosy.apimodel.codec.YamlReader;
import io.argosy.apimodel.meta.GroupResource;
import io.argosy.apimodel.tree.ObjectValue;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which resources are stored encrypted and how: the file of {@code --encryption-provider-config}, kind
 * EncryptionConfiguration of apiserver.config.k8s.io/v1. See the Kubernetes page "Encrypting Confidential Data at Rest".
 *
 * <p>The providers identity, aescbc, aesgcm and secretbox store in upstream's form. The provider kms is refused.
 */
public final class EncryptionConfiguration {

    private static final String NONE_FITS = "no matching prefix found";

    private final List<Entry> entries;

    /** Resources and how they are stored; the first entry that names a resource counts. */
    private record Entry(List<String> resources, Transformer transformer) {}

    private EncryptionConfiguration(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    /** Nothing is encrypted. */
    public static EncryptionConfiguration none() {
        return new EncryptionConfiguration(List.of());
    }

    /** @throws IllegalArgumentException with all that is wrong */
    public static EncryptionConfiguration read(byte[] yaml, SecureRandom random) {
        if (!(YamlReader.read(yaml, new ParseNotes()) instanceof ObjectValue file)) {
            throw new IllegalArgumentException("encryption configuration: not an object");
        }
        ConfigErrors errors = new ConfigErrors();
        String kind = file.string("kind").orElse("");
        String version = file.string("apiVersion").orElse("");
        if (!kind.equals("EncryptionConfiguration")
                || !(version.equals("apiserver.config.k8s.io/v1") || version.equals("v1"))) {
            errors.add("", "no kind \"" + kind + "\" is registered for version \"" + version + "\"");
        }
        List<ObjectValue> resources =
                file.array("resources").map(list -> list.objects().toList()).orElse(List.of());
        if (resources.isEmpty()) {
            errors.add("resources", "Required value: at least one resources is required");
        }
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < resources.size(); i++) {
            entries.add(entry(resources.get(i), "resources[" + i + "]", errors, random));
        }
        errors.throwIfAny();
        return new EncryptionConfiguration(entries);
    }

    private static Entry entry(ObjectValue entry, String path, ConfigErrors errors, SecureRandom random) {
        List<String> names =
                entry.array("resources").map(list -> list.strings().toList()).orElse(List.of());
        if (names.isEmpty()) {
            errors.add(path + ".resources", "Required value: at least one resources[0].resources is required");
        }
        names.forEach(name -> checkName(name, path + ".resources", errors));
        List<ObjectValue> providers =
                entry.array("providers").map(list -> list.objects().toList()).orElse(List.of());
        if (providers.isEmpty()) {
            errors.add(path + ".providers", "Required value: at least one resources[0].providers is required");
        }
        List<PrefixedTransformer.Way> ways = new ArrayList<>();
        for (int i = 0; i < providers.size(); i++) {
            Provider.read(providers.get(i), path + ".providers[" + i + "]", errors, random)
                    .ifPresent(ways::add);
        }
        return new Entry(names, ways.isEmpty() ? Transformer.IDENTITY : new PrefixedTransformer(ways, NONE_FITS));
    }

    private static void checkName(String name, String path, ConfigErrors errors) {
        if (!name.equals(name.toLowerCase(java.util.Locale.ROOT))) {
            errors.add(path, "Invalid value: \"" + name + "\": resource name should not contain capital letters");
        } else if (name.equals("*")) {
            errors.add(
                    path,
                    "Invalid value: \"*\": use '*.' to encrypt all the resources from core API group or *.* to encrypt"
                            + " all resources");
        } else if (name.endsWith(".events.k8s.io")) {
            errors.add(
                    path,
                    "Invalid value: \"" + name + "\": '*.events.k8s.io' objects are stored using the 'events' API group"
                            + " in etcd. Use 'events' instead in the config file");
        }
    }

    /** How a resource is stored. */
    public Transformer transformer(GroupResource resource) {
        return find(resource).orElse(Transformer.IDENTITY);
    }

    private Optional<Transformer> find(GroupResource resource) {
        String group = resource.group();
        for (Entry entry : entries) {
            for (String name : entry.resources()) {
                boolean named = name.equals(resource.toString()) || name.equals("*.*") || name.equals("*." + group);
                if (named) {
                    return Optional.of(entry.transformer());
                }
            }
        }
        return Optional.empty();
    }

    /** What is wrong with a file, all of it, in order. */
    static final class ConfigErrors {
        private final Map<String, String> errors = new LinkedHashMap<>();

        void add(String path, String message) {
            errors.putIfAbsent(path, message);
        }

        void throwIfAny() {
            if (!errors.isEmpty()) {
                List<String> texts = new ArrayList<>();
                errors.forEach((path, message) -> texts.add(path.isEmpty() ? message : path + ": " + message));
                throw new IllegalArgumentException("encryption configuration: " + String.join(", ", texts));
            }
        }
    }
}
