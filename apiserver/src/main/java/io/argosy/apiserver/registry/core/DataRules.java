package io.argosy.apiserver.registry.core;

import io.argosy.apimodel.meta.Names;
import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.status.FieldPath;
import io.argosy.apiserver.registry.check.Rules;
import io.argosy.apiserver.registry.check.Spot;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The rules of ConfigMaps and Secrets. */
public final class DataRules {

    public static final Rules CONFIG_MAPS =
            Rules.of(DataRules::configMap).onUpdate((map, old) -> frozen(map, old, "data", "binaryData"));
    public static final Rules SECRETS = Rules.of(DataRules::secret).onUpdate((secret, old) -> {
        secret.at("type").immutable(old.at("type"));
        frozen(secret, old, "data");
    });

    private static final int MAXIMUM_BYTES = 1024 * 1024;

    private DataRules() {}

    private static void configMap(Spot map) {
        long size = 0;
        for (Spot.Entry entry : map.at("data").entries()) {
            key(entry);
            if (map.at("binaryData").object().has(entry.key())) {
                entry.spot()
                        .add(FieldError.invalid(
                                entry.spot().path(), entry.key(), "duplicate of key present in binaryData"));
            }
            size += entry.spot().text().getBytes(StandardCharsets.UTF_8).length;
        }
        for (Spot.Entry entry : map.at("binaryData").entries()) {
            key(entry);
            size += decodedLength(entry.spot().text());
        }
        if (size > MAXIMUM_BYTES) {
            map.add(FieldError.tooLong(FieldPath.ROOT.key(""), MAXIMUM_BYTES));
        }
    }

    private static void key(Spot.Entry entry) {
        for (String why : Names.configMapKey(entry.key())) {
            entry.spot().add(FieldError.invalid(entry.spot().path(), entry.key(), why));
        }
    }

    private static long decodedLength(String base64) {
        int padding = base64.endsWith("==") ? 2 : base64.endsWith("=") ? 1 : 0;
        return base64.length() / 4L * 3 - padding;
    }

    private static void secret(Spot secret) {
        Spot data = secret.at("data");
        long size = 0;
        for (Spot.Entry entry : data.entries()) {
            key(entry);
            size += decodedLength(entry.spot().text());
        }
        if (size > MAXIMUM_BYTES) {
            data.tooLong(MAXIMUM_BYTES);
        }
        switch (secret.text("type")) {
            case "kubernetes.io/service-account-token" ->
                secret.at("metadata", "annotations")
                        .key("kubernetes.io/service-account.name")
                        .needed();
            case "kubernetes.io/dockercfg" -> has(data, ".dockercfg");
            case "kubernetes.io/dockerconfigjson" -> has(data, ".dockerconfigjson");
            case "kubernetes.io/basic-auth" -> {
                if (!data.object().has("username") && !data.object().has("password")) {
                    has(data, "username");
                    has(data, "password");
                }
            }
            case "kubernetes.io/ssh-auth" -> data.key("ssh-privatekey").needed();
            case "kubernetes.io/tls" -> {
                has(data, "tls.crt");
                has(data, "tls.key");
            }
            default -> {}
        }
    }

    private static void has(Spot data, String key) {
        if (!data.object().has(key)) {
            data.key(key).required("");
        }
    }

    private static void frozen(Spot object, Spot old, String... fields) {
        if (!old.isTrue("immutable")) {
            return;
        }
        String why = "field is immutable when `immutable` is set";
        if (!object.isTrue("immutable")) {
            object.at("immutable").forbidden(why);
        }
        for (String field : List.of(fields)) {
            if (!object.at(field).same(old.at(field))) {
                object.at(field).forbidden(why);
            }
        }
    }
}
