package io.argosy.apiserver.callout;

import io.argosy.apimodel.tree.ObjectValue;
import java.util.Base64;
import java.util.Optional;

/**
 * Where a webhook is, as its configuration says: at a URL, or behind a Service.
 *
 * @param url empty when it is behind a Service
 * @param caBundle the authorities of its certificate in PEM; empty trusts those of the system
 */
public record CallTarget(String url, Optional<ServiceTarget> service, String caBundle) {

    /** @param path begins with a slash, or is empty */
    public record ServiceTarget(String namespace, String name, String path, int port) {

        /** What its certificate must be for. */
        String serverName() {
            return name + "." + namespace + ".svc";
        }
    }

    /** Reads a {@code WebhookClientConfig}. */
    public static CallTarget of(ObjectValue clientConfig) {
        Optional<ServiceTarget> service = clientConfig
                .object("service")
                .map(given -> new ServiceTarget(
                        given.string("namespace").orElse(""),
                        given.string("name").orElse(""),
                        given.string("path").orElse(""),
                        given.integer("port").orElse(443L).intValue()));
        return new CallTarget(
                clientConfig.string("url").orElse(""),
                service,
                clientConfig.string("caBundle").map(CallTarget::decoded).orElse(""));
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getMimeDecoder().decode(base64), java.nio.charset.StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException _) {
            return "";
        }
    }
}
