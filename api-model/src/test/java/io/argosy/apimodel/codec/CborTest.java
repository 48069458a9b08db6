package io.argosy.apimodel.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.argosy.apimodel.schema.ObjectSchema;
import io.argosy.apimodel.schema.Types;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.tree.Value;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Examples from RFC 8949, appendix A, and what the API asks beyond it. */
final class CborTest {

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    private static String json(Value value) {
        return new String(JsonWriter.write(value), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "00|0",
                "1818|24",
                "1b000000e8d4a51000|1000000000000",
                "20|-1",
                "3903e7|-1000",
                "f93c00|1",
                "f93e00|1.5",
                "fb3ff199999999999a|1.1",
                "fa47c35000|100000",
                "f4|false",
                "f5|true",
                "f6|null",
                "6161|\"a\"",
                "4161|\"a\"",
                "83010203|[1,2,3]",
                "9f0102ff|[1,2]",
                "a26161016162820203|{\"a\":1,\"b\":[2,3]}",
                "bf6161f5ff|{\"a\":true}",
                "7f61616162ff|\"ab\"",
                "d9d9f7a0|{}",
                "c074323031332d30332d32315432303a30343a30305a|\"2013-03-21T20:04:00Z\"",
                "c11a514b67b0|\"2013-03-21T20:04:00Z\"",
                "d64401020304|\"AQIDBA==\"",
                "d74401020304|\"01020304\""
            })
    void readsExamples(String cbor, String json) {
        assertEquals(json, json(CborReader.read(hex(cbor))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "18",
                "1b",
                "5a7fffffff",
                "9b7fffffffffffffff",
                "bb7fffffffffffffff",
                "9f",
                "bf61",
                "ff",
                "f7",
                "f0",
                "f97e00",
                "f97c00",
                "c24101",
                "a2616101616102",
                "a10102",
                "61ff",
                "1c",
                "0000",
                "5f6161ff",
                "1bffffffffffffffff",
                "81ff"
            })
    void refusesOthers(String cbor) {
        ApiException error = assertThrows(ApiException.class, () -> CborReader.read(hex(cbor)));
        assertEquals(400, error.code());
        assertTrue(error.message().startsWith("cbor: "), error.message());
    }

    @Test
    void depthIsBounded() {
        assertThrows(ApiException.class, () -> CborReader.read(hex("81".repeat(100_000))));
        assertThrows(ApiException.class, () -> CborReader.read(hex("c6".repeat(100_000))));
    }

    @Test
    void objectsComeBack() {
        Random random = new Random(3);
        for (String name : Types.names()) {
            ObjectSchema type = Types.byName(name);
            Value tree = Conform.conform(RandomTree.of(type, random), type, new ParseNotes());
            assertEquals(tree, CborReader.read(CborWriter.write(tree)), name);
        }
    }

    @Test
    void namesAreSorted() {
        Value tree = JsonReader.read("{\"bb\":1,\"c\":-1,\"a\":1.5}".getBytes(StandardCharsets.UTF_8));
        assertEquals("d9d9f7a34161f93e00416320426262" + "01", HexFormat.of().formatHex(CborWriter.write(tree)));
    }
}
