package io.argosy.apimodel.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.argosy.apimodel.meta.GroupVersionKind;
import io.argosy.apimodel.schema.ObjectSchema;
import io.argosy.apimodel.schema.Types;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.tree.ObjectValue;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProtobufTest {

    private static final GroupVersionKind CONFIG_MAP = new GroupVersionKind("", "v1", "ConfigMap");

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Written by hand from the wire format: magic, typeMeta, raw with metadata of fifteen fields, data, then empties. */
    @Test
    void writesWhatKubernetesWrites() {
        ObjectSchema type = Types.byName("io.k8s.api.core.v1.ConfigMap");
        ObjectValue tree = new ObjectValue();
        tree.put("metadata", new ObjectValue().put("name", "a"));
        tree.put("data", new ObjectValue().put("z", "1").put("k", "v"));
        byte[] bytes = ProtobufWriter.writeEnvelope(Conform.conform(tree, type, new ParseNotes()), type, CONFIG_MAP);
        String metadata = "0a01611200" + "1a00" + "2200" + "2a00" + "3200" + "3800" + "4200";
        String data = "12060a016b120176" + "12060a017a120131";
        String raw = "0a" + HexFormat.of().toHexDigits((byte) (metadata.length() / 2)) + metadata + data;
        String expected = "6b387300" + "0a0f" + "0a027631" + "1209436f6e6669674d6170" + "12"
                + HexFormat.of().toHexDigits((byte) (raw.length() / 2)) + raw + "1a00" + "2200";
        assertEquals(expected, HexFormat.of().formatHex(bytes));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyTypeComesBackFromEveryForm(long seed) {
        for (String name : Types.names()) {
            ObjectSchema type = Types.byName(name);
            Random random = new Random(seed * 31 + name.hashCode());
            ObjectValue tree = Conform.conform(RandomTree.of(type, random), type, new ParseNotes());
            byte[] message = ProtobufWriter.write(tree, type);
            ObjectValue back = ProtobufReader.read(message, type);
            assertEquals(text(JsonWriter.write(tree)), text(JsonWriter.write(back)), name);
            assertArrayEquals(message, ProtobufWriter.write(back, type), name);
            ObjectValue again = Conform.conform(tree.copy(), type, new ParseNotes());
            assertEquals(text(JsonWriter.write(tree)), text(JsonWriter.write(again)), name);
            assertEquals(tree, YamlReader.read(YamlWriter.write(tree)), name);
            Sink sink = new Sink();
            GroupVersionKind kind = new GroupVersionKind("g", "v", "K");
            ObjectValue named = ProtobufReader.read(message, 0, message.length, type, kind);
            JsonTranscoder.transcode(message, 0, message.length, type, kind, sink);
            assertEquals(text(JsonWriter.write(named)), text(sink.toByteArray()), name);
        }
    }

    /** Nothing but a 400 may come of bytes that are no message, and the two readers must agree on which these are. */
    @Test
    void mutatedMessagesAreReadOrRefused() {
        ObjectSchema type = Types.byName("io.k8s.api.core.v1.Pod");
        Random random = new Random(7);
        int refused = 0;
        for (int i = 0; i < 5_000; i++) {
            byte[] message =
                    ProtobufWriter.write(Conform.conform(RandomTree.of(type, random), type, new ParseNotes()), type);
            byte[] broken = mutate(message, random);
            refused += readOrRefuse(broken, type) ? 0 : 1;
        }
        assertTrue(refused > 500, "mutations too weak: " + refused);
    }

    private static byte[] mutate(byte[] message, Random random) {
        byte[] broken = message.length > 1 && random.nextInt(3) == 0
                ? Arrays.copyOf(message, random.nextInt(message.length))
                : message.clone();
        for (int i = random.nextInt(4); i >= 0 && broken.length > 0; i--) {
            broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
        }
        return broken;
    }

    private static boolean readOrRefuse(byte[] bytes, ObjectSchema type) {
        boolean read = true;
        try {
            ProtobufReader.read(bytes, type);
        } catch (ApiException e) {
            assertEquals(400, e.code());
            read = false;
        }
        try {
            JsonTranscoder.transcode(bytes, 0, bytes.length, type, CONFIG_MAP, new Sink());
        } catch (ApiException e) {
            assertEquals(400, e.code());
        }
        return read;
    }

    @Test
    void hostileMessagesAreRefused() {
        ObjectSchema pod = Types.byName("io.k8s.api.core.v1.Pod");
        ObjectSchema schema = Types.byName("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps");
        byte[] groups = new byte[100_000];
        Arrays.fill(groups, (byte) (99 % 16 << 3 | 3));
        refuse(groups, pod);
        refuse(HexFormat.of().parseHex("0affffffffffffffffff7f"), pod);
        refuse(HexFormat.of().parseHex("0affffffffffffffffffffff01"), pod);
        refuse(HexFormat.of().parseHex("0a05"), pod);
        refuse(HexFormat.of().parseHex("00"), pod);
        refuse(HexFormat.of().parseHex("0f"), pod);
        refuse(nested(20_000), schema);
        assertThrows(ApiException.class, () -> Envelope.read(new byte[] {'k', '8', 's'}));
        assertThrows(ApiException.class, () -> Envelope.read("{\"kind\":1}".getBytes(StandardCharsets.UTF_8)));
        assertThrows(ApiException.class, () -> Envelope.read(HexFormat.of().parseHex("6b3873000affff")));
    }

    /** {@code not} (field 28) in {@code not} in ... */
    private static byte[] nested(int depth) {
        byte[] inner = {};
        ByteArrayOutputStream reversed = new ByteArrayOutputStream();
        int length = 0;
        for (int i = 0; i < depth; i++) {
            Sink header = new Sink();
            Varint.write(28 << 3 | 2, header);
            Varint.write(length, header);
            byte[] bytes = header.toByteArray();
            for (int b = bytes.length - 1; b >= 0; b--) {
                reversed.write(bytes[b]);
            }
            length += bytes.length;
        }
        byte[] all = reversed.toByteArray();
        byte[] forward = Arrays.copyOf(inner, all.length);
        for (int i = 0; i < all.length; i++) {
            forward[i] = all[all.length - 1 - i];
        }
        return forward;
    }

    private static void refuse(byte[] bytes, ObjectSchema type) {
        assertEquals(
                400,
                assertThrows(ApiException.class, () -> ProtobufReader.read(bytes, type))
                        .code());
        assertEquals(
                400,
                assertThrows(
                                ApiException.class,
                                () -> JsonTranscoder.transcode(bytes, 0, bytes.length, type, CONFIG_MAP, new Sink()))
                        .code());
    }
}
