package io.argosy.deploy.addon;

import io.argosy.deploy.node.Cluster;
import io.argosy.deploy.packaging.ImageNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The manifests that {@code up} applies, with the cluster's own values in place. */
public final class Manifests {

    private Manifests() {}

    /** YAML texts of several documents each, in the order in which they are applied. */
    public static List<String> of(Cluster cluster) {
        Map<String, String> values =
                Map.of("dnsAddress", cluster.dnsAddress(), "dnsImage", ImageNames.DNS, "domain", cluster.domain());
        return List.of(read("rights.yaml", values), read("dns.yaml", values));
    }

    private static String read(String name, Map<String, String> values) {
        try (InputStream in = Manifests.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the distribution lacks " + name);
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (Map.Entry<String, String> value : values.entrySet()) {
                text = text.replace("${" + value.getKey() + "}", value.getValue());
            }
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
