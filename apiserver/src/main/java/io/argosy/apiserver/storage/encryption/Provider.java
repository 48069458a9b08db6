package io.argosy.apiserver.storage.encryption;

import io.argosy.apimodel.tree.ObjectValue;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The providers of an encryption configuration: their keys, and what their stored bytes begin with. */
enum Provider {
    AESGCM("aesgcm", true) {
        @Override
        Transformer transformer(byte[] secret, SecureRandom random) {
            return new AesGcm(secret, random);
        }
    },
    AESCBC("aescbc", true) {
        @Override
        Transformer transformer(byte[] secret, SecureRandom random) {
            return new AesCbc(secret, random);
        }
    },
    SECRETBOX("secretbox", false) {
        @Override
        Transformer transformer(byte[] secret, SecureRandom random) {
            return new SecretBox(secret, random);
        }
    };

    private static final Set<String> KNOWN = Set.of("aesgcm", "aescbc", "secretbox", "identity", "kms");

    private final String field;
    private final boolean shortKeys;

    /** @param shortKeys whether keys of 16 and 24 bytes are taken beside those of 32 */
    Provider(String field, boolean shortKeys) {
        this.field = field;
        this.shortKeys = shortKeys;
    }

    abstract Transformer transformer(byte[] secret, SecureRandom random);

    /** One element of the list of providers; empty when it is wrong. */
    static Optional<PrefixedTransformer.Way> read(
            ObjectValue element, String path, EncryptionConfiguration.ConfigErrors errors, SecureRandom random) {
        List<String> named = element.names().stream().filter(KNOWN::contains).toList();
        if (named.isEmpty()) {
            errors.add(
                    path,
                    "Invalid value: provider does not contain any of the expected providers: KMS, AESGCM, AESCBC,"
                            + " Secretbox, Identity");
            return Optional.empty();
        }
        if (named.size() > 1) {
            errors.add(
                    path,
                    "Invalid value: more than one provider specified in a single element, should split into different"
                            + " list elements");
            return Optional.empty();
        }
        String name = named.getFirst();
        if (name.equals("identity")) {
            return Optional.of(new PrefixedTransformer.Way("", Transformer.IDENTITY));
        }
        for (Provider provider : values()) {
            if (provider.field.equals(name)) {
                return provider.withKeys(
                        element.object(name).orElse(new ObjectValue()), path + "." + name, errors, random);
            }
        }
        errors.add(path + ".kms", "Forbidden: KMS providers are not supported by this server");
        return Optional.empty();
    }

    private Optional<PrefixedTransformer.Way> withKeys(
            ObjectValue provider, String path, EncryptionConfiguration.ConfigErrors errors, SecureRandom random) {
        List<ObjectValue> keys =
                provider.array("keys").map(list -> list.objects().toList()).orElse(List.of());
        if (keys.isEmpty()) {
            errors.add(path, "Required value: at least one keys is required");
            return Optional.empty();
        }
        List<PrefixedTransformer.Way> ways = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            String keyPath = path + ".keys[" + i + "]";
            String name = keys.get(i).string("name").orElse("");
            if (name.isEmpty()) {
                errors.add(keyPath + ".name", "Required value: name is a mandatory field for a key");
            }
            secret(keys.get(i), keyPath + ".secret", errors)
                    .ifPresent(
                            secret -> ways.add(new PrefixedTransformer.Way(name + ":", transformer(secret, random))));
        }
        return ways.size() < keys.size()
                ? Optional.empty()
                : Optional.of(new PrefixedTransformer.Way(
                        "k8s:enc:" + field + ":v1:",
                        new PrefixedTransformer(
                                ways, "no matching key was found for the provided " + field + " transformer")));
    }

    private Optional<byte[]> secret(ObjectValue key, String path, EncryptionConfiguration.ConfigErrors errors) {
        String text = key.string("secret").orElse("");
        if (text.isEmpty()) {
            errors.add(path, "Required value: secret is a mandatory field for a key");
            return Optional.empty();
        }
        try {
            byte[] secret = Base64.getDecoder().decode(text);
            if (secret.length == 32 || (shortKeys && (secret.length == 16 || secret.length == 24))) {
                return Optional.of(secret);
            }
            errors.add(
                    path,
                    "Invalid value: \"REDACTED\": secret is not of the expected length, got " + secret.length
                            + ", expected one of " + (shortKeys ? "[16 24 32]" : "[32]"));
        } catch (IllegalArgumentException broken) {
            errors.add(path, "Invalid value: \"REDACTED\": secrets must be base64 encoded");
        }
        return Optional.empty();
    }
}
