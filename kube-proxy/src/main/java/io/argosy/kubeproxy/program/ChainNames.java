package io.argosy.kubeproxy.program;

import io.argosy.kubeproxy.model.Endpoint;
import io.argosy.kubeproxy.model.ServicePort;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names of chains and sets: readable, and unique by a hash where a long name must be cut. */
final class ChainNames {

    /** nftables takes 128 bytes with the closing zero. */
    private static final int LONGEST = 120;

    private ChainNames() {}

    static String cluster(ServicePort service) {
        return name("service", service, "");
    }

    static String local(ServicePort service) {
        return name("local", service, "");
    }

    static String internal(ServicePort service) {
        return name("internal", service, "");
    }

    static String external(ServicePort service) {
        return name("external", service, "");
    }

    static String firewall(ServicePort service) {
        return name("firewall", service, "");
    }

    static String endpoint(ServicePort service, Endpoint endpoint) {
        return name("endpoint", service, suffix(endpoint));
    }

    /** Of the clients that stay with an endpoint; another timeout makes another set. */
    static String affinity(ServicePort service, Endpoint endpoint) {
        int seconds = service.affinitySeconds().orElseThrow();
        return name("affinity", service, suffix(endpoint) + "/" + seconds);
    }

    private static String suffix(Endpoint endpoint) {
        return "__" + endpoint.address().replace(':', '.') + "/" + endpoint.port();
    }

    private static String name(String prefix, ServicePort service, String suffix) {
        String what = service.name().namespace() + "/" + service.name().name() + "/" + service.protocol() + "/"
                + service.name().port() + suffix;
        String name = prefix + "-" + hash(what) + "-" + what;
        return name.length() <= LONGEST ? name : name.substring(0, LONGEST);
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
