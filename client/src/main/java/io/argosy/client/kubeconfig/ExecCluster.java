package io.argosy.client.kubeconfig;

import io.argosy.daemon.config.ConfigObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** The cluster of a kubeconfig as exec plugins are told of it: {@code spec.cluster} of their ExecCredential. */
record ExecCluster(ConfigObject cluster, Path directory) {

    private static final String EXTENSION = "client.authentication.k8s.io/exec";

    /** The fields that have values; reads the file of the authorities. */
    Map<String, Object> view() throws IOException {
        Map<String, Object> view = new LinkedHashMap<>();
        cluster.string("server").ifPresent(server -> view.put("server", server));
        cluster.string("tls-server-name").ifPresent(name -> view.put("tls-server-name", name));
        if (cluster.bool("insecure-skip-tls-verify", false)) {
            view.put("insecure-skip-tls-verify", true);
        }
        String data = cluster.string("certificate-authority-data", "");
        String file = cluster.string("certificate-authority", "");
        if (!data.isEmpty()) {
            view.put("certificate-authority-data", data);
        } else if (!file.isEmpty()) {
            byte[] pem = Files.readAllBytes(directory.resolve(file));
            view.put("certificate-authority-data", Base64.getEncoder().encodeToString(pem));
        }
        cluster.string("proxy-url").ifPresent(proxy -> view.put("proxy-url", proxy));
        if (cluster.bool("disable-compression", false)) {
            view.put("disable-compression", true);
        }
        for (ConfigObject extension : cluster.objects("extensions")) {
            if (extension.string("name", "").equals(EXTENSION)) {
                extension.raw("extension").ifPresent(config -> view.put("config", config));
            }
        }
        return view;
    }
}
