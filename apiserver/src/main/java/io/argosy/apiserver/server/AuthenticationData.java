package io.argosy.apiserver.server;

import io.argosy.apimodel.codec.JsonWriter;
import io.argosy.apimodel.tree.ArrayValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What aggregated servers must know to trust this one, as the ConfigMap {@code extension-apiserver-authentication} in
 * {@code kube-system} holds it.
 */
final class AuthenticationData {

    private AuthenticationData() {}

    static Map<String, String> of(ServerConfig.Identity identity) throws IOException {
        Map<String, String> data = new LinkedHashMap<>();
        if (identity.clientCa().isPresent()) {
            data.put("client-ca-file", Files.readString(identity.clientCa().get()));
        }
        if (identity.proxyCa().isPresent()) {
            data.put(
                    "requestheader-client-ca-file",
                    Files.readString(identity.proxyCa().get()));
            data.put("requestheader-allowed-names", list(identity.proxyNames()));
            data.put("requestheader-username-headers", list(identity.proxyUsers()));
            data.put("requestheader-group-headers", list(identity.proxyGroups()));
            data.put("requestheader-uid-headers", list(identity.proxyUids()));
            data.put("requestheader-extra-headers-prefix", list(identity.proxyExtras()));
        }
        return data;
    }

    private static String list(List<String> values) {
        return new String(JsonWriter.write(ArrayValue.ofStrings(values)), StandardCharsets.UTF_8);
    }
}
