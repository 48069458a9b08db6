package io.argosy.client.kubeconfig;

import io.argosy.client.transport.Credentials;
import io.argosy.daemon.config.ConfigObject;
import io.argosy.daemon.config.ConfigurationException;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A caller that acts as another user, as {@code as}, {@code as-uid}, {@code as-groups} and {@code as-user-extra} say. */
record Impersonation(Credentials own, Map<String, List<String>> headers) implements Credentials {

    Impersonation {
        headers = Map.copyOf(headers);
    }

    /** The same credentials when the user of a kubeconfig acts as nobody else. */
    static Credentials of(ConfigObject user, Credentials own) throws ConfigurationException {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        String uid = user.string("as-uid", "");
        if (!uid.isEmpty()) {
            headers.put("impersonate-uid", List.of(uid));
        }
        List<String> groups = user.strings("as-groups").orElse(List.of());
        if (!groups.isEmpty()) {
            headers.put("impersonate-group", groups);
        }
        ConfigObject extra = user.object("as-user-extra");
        for (String key : extra.names()) {
            String name = URLEncoder.encode(key.toLowerCase(Locale.ROOT), StandardCharsets.UTF_8);
            headers.put("impersonate-extra-" + name, extra.strings(key).orElse(List.of()));
        }
        String name = user.string("as", "");
        if (name.isEmpty() && !headers.isEmpty()) {
            throw new ConfigurationException(
                    "invalid configuration: requesting uid, groups or user-extra without" + " impersonating a user");
        }
        if (name.isEmpty()) {
            return own;
        }
        headers.put("impersonate-user", List.of(name));
        return new Impersonation(own, headers);
    }

    @Override
    public Optional<String> authorization() throws IOException {
        return own.authorization();
    }

    @Override
    public Map<String, List<String>> impersonation() {
        return headers;
    }

    @Override
    public void rejected() {
        own.rejected();
    }
}
