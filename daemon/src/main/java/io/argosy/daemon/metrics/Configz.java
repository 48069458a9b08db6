package io.argosy.daemon.metrics;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/** The effective configuration of the daemon as {@code /configz} shows it: maps, lists and scalars by name. */
public final class Configz {

    private final Map<String, Supplier<Object>> sections = new ConcurrentHashMap<>();
    private final JsonMapper mapper = JsonMapper.builder().build();

    /** @param section for example {@code kubescheduler.config.k8s.io} */
    public void put(String section, Supplier<Object> configuration) {
        sections.put(section, configuration);
    }

    /** One configuration as text that a configuration file may have. */
    public static String text(Object configuration) {
        return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(configuration) + "\n";
    }

    /** The body of {@code /configz}. */
    public byte[] expose() {
        Map<String, Object> document = new TreeMap<>();
        sections.forEach((name, configuration) -> document.put(name, configuration.get()));
        return mapper.writeValueAsString(document).getBytes(StandardCharsets.UTF_8);
    }
}
