package io.argosy.controllermanager.bootstrap;

import io.argosy.client.informer.InformerScope;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Bootstrap tokens as Secrets. */
final class BootstrapTokens {

    static final InformerScope SCOPE = InformerScope.in("kube-system").withFields("type=bootstrap.kubernetes.io/token");

    private BootstrapTokens() {}

    /** A field of a token's Secret; empty when it is not there. */
    static String data(Secret secret, String name) {
        String encoded = secret.getData() == null ? null : secret.getData().get(name);
        return encoded == null ? "" : new String(Base64.getMimeDecoder().decode(encoded), StandardCharsets.UTF_8);
    }
}
