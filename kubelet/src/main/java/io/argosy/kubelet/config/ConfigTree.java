package io.argosy.kubelet.config;

import io.argosy.daemon.config.ConfigurationException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Configuration documents as maps of maps. */
final class ConfigTree {

    private ConfigTree() {}

    static Map<String, Object> parse(String yaml) throws ConfigurationException {
        try {
            Object document = new Load(LoadSettings.builder()
                            .setMaxAliasesForCollections(50)
                            .build())
                    .loadFromString(yaml);
            if (document instanceof Map<?, ?> map) {
                return copy(map);
            }
            throw new ConfigurationException("failed to decode kubelet configuration: not an object");
        } catch (YamlEngineException e) {
            throw new ConfigurationException("failed to decode kubelet configuration: " + e.getMessage());
        }
    }

    private static Map<String, Object> copy(Map<?, ?> map) {
        Map<String, Object> out = new LinkedHashMap<>();
        map.forEach((k, v) -> {
            if (v != null) {
                out.put(String.valueOf(k), v instanceof Map<?, ?> m ? copy(m) : v);
            }
        });
        return out;
    }

    /** Objects merge; everything else is replaced. A map of thresholds is one value. */
    @SuppressWarnings("unchecked")
    static void merge(Map<String, Object> into, Map<String, Object> from) {
        from.forEach((key, value) -> {
            boolean whole = key.startsWith("eviction");
            if (!whole && value instanceof Map<?, ?> map && into.get(key) instanceof Map<?, ?> present) {
                merge((Map<String, Object>) present, (Map<String, Object>) map);
            } else {
                into.put(key, value);
            }
        });
    }

    @SuppressWarnings("unchecked")
    static void set(Map<String, Object> tree, String path, Object value) {
        Map<String, Object> at = tree;
        String[] parts = path.split("\\.");
        for (int i = 0; i < parts.length - 1; i++) {
            at = (Map<String, Object>) at.computeIfAbsent(parts[i], k -> new LinkedHashMap<String, Object>());
        }
        at.put(parts[parts.length - 1], value);
    }
}
