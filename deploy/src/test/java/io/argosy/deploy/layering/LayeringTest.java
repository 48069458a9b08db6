package io.argosy.deploy.layering;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.argosy.deploy.layering.SourceTree.Source;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Dependencies point one way, between modules and between the layers of the API server. */
class LayeringTest {

    private static final List<Source> SOURCES = SourceTree.find().java("main");

    /** What a module may import besides itself, by the first part of its packages below the project's. */
    private static final Map<String, Set<String>> MODULES = Map.ofEntries(
            Map.entry("api-model/generator", Set.of()),
            Map.entry("api-model", Set.of()),
            Map.entry("daemon", Set.of()),
            Map.entry("client", Set.of("apimodel", "daemon")),
            Map.entry("apiserver", Set.of("apimodel", "daemon")),
            Map.entry("scheduler", Set.of("apimodel", "client", "daemon")),
            Map.entry("controller-manager", Set.of("apimodel", "client", "daemon")),
            Map.entry("kubelet/cri", Set.of()),
            Map.entry("kubelet", Set.of("apimodel", "client", "daemon")),
            Map.entry("kube-proxy", Set.of("apimodel", "client", "daemon")),
            Map.entry("dns", Set.of("apimodel", "client", "daemon")),
            Map.entry("deploy", Set.of("apimodel", "client", "daemon")),
            Map.entry("bench", Set.of("client", "daemon", "deploy")));

    /** What the lower layers of the API server may import of it; what is not named here may import all but the top. */
    private static final Map<String, Set<String>> LAYERS = Map.of(
            "storage", Set.of(),
            "cache", Set.of("storage"),
            "patch", Set.of(),
            "apply", Set.of(),
            "objects", Set.of("cache", "storage"),
            "authn", Set.of("objects"),
            "authz", Set.of("authn", "objects"),
            "request", Set.of("authn"));

    @Test
    void modulesDependDownwards() {
        Set<String> against = new TreeSet<>();
        for (Source source : SOURCES) {
            Set<String> allowed = MODULES.get(source.module());
            assertTrue(allowed != null, () -> "a module without a place: " + source.module());
            String own = source.module().replace("/cri", "").replaceAll("[-/]|generator", "");
            for (String imported : source.imports()) {
                String module = imported.split("\\.")[2];
                if (!module.equals(own) && !allowed.contains(module)) {
                    against.add(source.file().getFileName() + " of " + source.module() + " imports " + imported);
                }
            }
        }
        assertEquals(Set.of(), against);
    }

    @Test
    void layersOfTheApiServerDependDownwards() {
        Set<String> against = new TreeSet<>();
        for (Source source : SOURCES) {
            String layer = layer(source.packageName());
            if (layer.isEmpty()) {
                continue;
            }
            for (String imported : source.imports()) {
                String other = layer(imported);
                boolean upwards = LAYERS.containsKey(layer)
                        ? !LAYERS.get(layer).contains(other)
                        : Set.of("server", "handler").contains(other) && !layer.equals("server");
                if (!other.isEmpty() && !other.equals(layer) && upwards) {
                    against.add(source.file().getFileName() + " of " + layer + " imports " + imported);
                }
            }
        }
        assertEquals(Set.of(), against);
    }

    /** The layer of a package or class of the API server; empty for everything else. */
    private static String layer(String name) {
        String prefix = "io.argosy.apiserver.";
        if (!name.startsWith(prefix)) {
            return "";
        }
        String rest = name.substring(prefix.length());
        int dot = rest.indexOf('.');
        String first = dot < 0 ? rest : rest.substring(0, dot);
        return Character.isUpperCase(first.charAt(0)) ? "" : first;
    }
}
