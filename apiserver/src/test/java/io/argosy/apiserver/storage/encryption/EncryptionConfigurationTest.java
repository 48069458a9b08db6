package io.argosy.apiserver.storage.encryption;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.argosy.apimodel.meta.GroupResource;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncryptionConfigurationTest {

    private static final GroupResource SECRETS = new GroupResource("", "secrets");
    private static final String KEY = "/registry/secrets/a/b";
    private static final String ONE =
            Base64.getEncoder().encodeToString("0123456789abcdef0123456789abcdef".getBytes(UTF_8));
    private static final String TWO =
            Base64.getEncoder().encodeToString("fedcba9876543210fedcba9876543210".getBytes(UTF_8));

    private static Transformer secrets(String... providers) {
        StringBuilder yaml = new StringBuilder("""
                kind: EncryptionConfiguration
                apiVersion: apiserver.config.k8s.io/v1
                resources:
                - resources: [secrets]
                  providers:
                """);
        for (String provider : providers) {
            yaml.append("  - ").append(provider).append('\n');
        }
        return EncryptionConfiguration.read(yaml.toString().getBytes(UTF_8), new SecureRandom())
                .transformer(SECRETS);
    }

    private static String keys(String provider, String name, String secret) {
        return provider + ": {keys: [{name: " + name + ", secret: " + secret + "}]}";
    }

    @ParameterizedTest
    @ValueSource(strings = {"aescbc", "aesgcm", "secretbox"})
    void storesUnderItsNameAndReadsBack(String provider) {
        Transformer transformer = secrets(keys(provider, "key1", ONE), "identity: {}");
        for (int length : new int[] {0, 1, 15, 16, 17, 1000}) {
            byte[] plain = new byte[length];
            byte[] stored = transformer.seal(KEY, plain);
            assertTrue(new String(stored, UTF_8).startsWith("k8s:enc:" + provider + ":v1:key1:"));
            Transformer.Opened opened = transformer.open(KEY, stored);
            assertArrayEquals(plain, opened.plain());
            assertFalse(opened.stale());
        }
        Transformer.Opened old = transformer.open(KEY, "plain".getBytes(UTF_8));
        assertEquals("plain", new String(old.plain(), UTF_8));
        assertTrue(old.stale());
    }

    @ParameterizedTest
    @ValueSource(strings = {"aescbc", "aesgcm", "secretbox"})
    void anOldKeyIsReadAndStale(String provider) {
        byte[] stored = secrets(keys(provider, "old", ONE)).seal(KEY, new byte[] {1, 2, 3});
        Transformer rotated = secrets(keys(provider, "new", TWO), keys(provider, "old", ONE));
        Transformer.Opened opened = rotated.open(KEY, stored);
        assertArrayEquals(new byte[] {1, 2, 3}, opened.plain());
        assertTrue(opened.stale());
        assertThrows(
                SealedException.class, () -> secrets(keys(provider, "new", TWO)).open(KEY, stored));
        assertThrows(
                SealedException.class, () -> secrets(keys(provider, "old", TWO)).open(KEY, stored));
        assertThrows(SealedException.class, () -> secrets("identity: {}").open(KEY, stored));
    }

    @ParameterizedTest
    @ValueSource(strings = {"aesgcm", "secretbox"})
    void aChangedByteIsFoundOut(String provider) {
        Transformer transformer = secrets(keys(provider, "key1", ONE));
        byte[] stored = transformer.seal(KEY, new byte[100]);
        for (int i = stored.length - 100; i < stored.length; i += 7) {
            byte[] damaged = stored.clone();
            damaged[i] ^= 1;
            assertThrows(SealedException.class, () -> transformer.open(KEY, damaged));
        }
    }

    @Test
    void gcmIsBoundToTheKeyOfTheObject() {
        Transformer transformer = secrets(keys("aesgcm", "key1", ONE));
        byte[] stored = transformer.seal(KEY, new byte[] {1});
        assertThrows(SealedException.class, () -> transformer.open(KEY + "x", stored));
    }

    /** The published test vector of NaCl's secretbox (tests/secretbox.c of nacl-20110221). */
    @Test
    void secretboxIsNacls() {
        HexFormat hex = HexFormat.of();
        byte[] secret = hex.parseHex("1b27556473e985d462cd51197a9a46c76009549eac6474f206c4ee0844f68389");
        String nonce = "69696ee955b62b73cd62bda875fc73d68219e0036b7a0b37";
        String box = "f3ffc7703f9400e52a7dfb4b3d3305d98e993b9f48681273c29650ba32fc76ce48332ea7164d96a4476fb8c531a1186a"
                + "c0dfc17c98dce87b4da7f011ec48c97271d2c20f9b928fe2270d6fb863d51738b48eeee314a7cc8ab932164548e526ae"
                + "90224368517acfeabd6bb3732bc0e9da99832b61ca01b6de56244a9e88d5f9b37973f622a43d14a6599b1f654cb45a74"
                + "e355a5";
        String message =
                "be075fc53c81f2d5cf141316ebeb0c7b5228c52a4c62cbd44b66849b64244ffce5ecbaaf33bd751a1ac728d45e6c61"
                        + "296cdc3c01233561f41db66cce314adb310e3be8250c46f06dceea3a7fa1348057e2f6556ad6b1318a024a838f21af1f"
                        + "de048977eb48f59ffd4924ca1c60902e52f0a089bc76897040e082f937763848645e0705";
        Transformer.Opened opened = new SecretBox(secret, new SecureRandom()).open("", hex.parseHex(nonce + box));
        assertEquals(message, hex.formatHex(opened.plain()));
    }

    @Test
    void theFirstEntryThatNamesAResourceCounts() {
        String yaml = "kind: EncryptionConfiguration\napiVersion: apiserver.config.k8s.io/v1\nresources:\n"
                + "- resources: [events]\n  providers: [identity: {}]\n"
                + "- resources: ['*.apps', 'pandas.bears.example']\n  providers: [" + brace("aescbc", "k2") + "]\n"
                + "- resources: ['*.']\n  providers: [" + brace("aesgcm", "k3") + "]\n";
        EncryptionConfiguration configuration = EncryptionConfiguration.read(yaml.getBytes(UTF_8), new SecureRandom());
        assertEquals("plain", sealed(configuration, "", "events"));
        assertEquals("k8s:enc:aescbc:v1:k2:", sealed(configuration, "apps", "deployments"));
        assertEquals("k8s:enc:aescbc:v1:k2:", sealed(configuration, "bears.example", "pandas"));
        assertEquals("k8s:enc:aesgcm:v1:k3:", sealed(configuration, "", "secrets"));
        assertEquals("plain", sealed(configuration, "batch", "jobs"));
    }

    private static String brace(String provider, String name) {
        return "{" + provider + ": {keys: [{name: " + name + ", secret: " + ONE + "}]}}";
    }

    private static String sealed(EncryptionConfiguration configuration, String group, String resource) {
        byte[] stored =
                configuration.transformer(new GroupResource(group, resource)).seal(KEY, "plain".getBytes(UTF_8));
        String text = new String(stored, UTF_8);
        return text.startsWith("k8s:enc:") ? text.substring(0, "k8s:enc:aescbc:v1:k2:".length()) : text;
    }

    @Test
    void refusesWhatItCannotDo() {
        refuses("KMS providers are not supported", "kms: {name: a, endpoint: 'unix:///x'}");
        refuses("got 5, expected one of [16 24 32]", keys("aescbc", "k", "MTIzNDU="));
        refuses("secrets must be base64 encoded", keys("aescbc", "k", "'%%%'"));
        refuses("at least one keys is required", "aesgcm: {}");
        refuses("does not contain any of the expected providers", "other: {}");
    }

    private static void refuses(String text, String provider) {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> secrets(provider));
        assertTrue(String.valueOf(refused.getMessage()).contains(text), refused.getMessage());
    }
}
