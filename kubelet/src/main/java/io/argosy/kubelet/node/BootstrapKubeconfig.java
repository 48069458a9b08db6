package io.argosy.kubelet.node;

import io.argosy.client.request.ObjectJson;
import io.argosy.daemon.config.ConfigurationException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Turns the kubeconfig of a bootstrap into that of the node: the same cluster, another user. Pure. */
final class BootstrapKubeconfig {

    private BootstrapKubeconfig() {}

    /** @param certificate file with certificate and key */
    static String withCertificate(String bootstrap, Path certificate) throws ConfigurationException {
        Object document;
        try {
            document = new Load(LoadSettings.builder().build()).loadFromString(bootstrap);
        } catch (YamlEngineException e) {
            throw new ConfigurationException("bootstrap kubeconfig: " + e.getMessage());
        }
        if (!(document instanceof Map<?, ?> map)
                || !(map.get("clusters") instanceof List<?> clusters)
                || clusters.isEmpty()
                || !(clusters.getFirst() instanceof Map<?, ?> first)) {
            throw new ConfigurationException("bootstrap kubeconfig names no cluster");
        }
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("apiVersion", "v1");
        out.put("kind", "Config");
        out.put("clusters", List.of(first));
        out.put(
                "contexts",
                List.of(Map.of(
                        "name",
                        "default-context",
                        "context",
                        Map.of("cluster", String.valueOf(first.get("name")), "user", "default-auth"))));
        out.put("current-context", "default-context");
        out.put(
                "users",
                List.of(Map.of(
                        "name",
                        "default-auth",
                        "user",
                        Map.of("client-certificate", certificate.toString(), "client-key", certificate.toString()))));
        return ObjectJson.writeString(out) + "\n";
    }
}
