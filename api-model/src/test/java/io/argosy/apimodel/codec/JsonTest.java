package io.argosy.apimodel.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.tree.Value;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonTest {

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String again(String json) {
        return new String(JsonWriter.write(JsonReader.read(bytes(json))), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"a\":[1,-2,9223372036854775807,-9223372036854775808,true,false,null,\"x\"],\"b\":{\"c\":{}}}",
                "\"\\u003ca\\u003e\\u0026\\u2028\\u0001\\b\\f\\n\\r\\t\\\\\\\"é漢😀\"",
                "[1.5,1e-7,1e+21,100000000000000000000,0.000001,123456.789]"
            })
    void comesOutAsItWentIn(String json) {
        assertEquals(json, again(json));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1.0|1",
                "1e3|1000",
                "-0.0|-0",
                "9223372036854775808|9223372036854776000",
                "\"\\ud83d\\ude00\"|\"😀\"",
                "\"\\ud83d\"|\"\\ufffd\"",
                "\"\\/\"|\"/\"",
                " [ 1 , 2 ] |[1,2]",
                "{\"a\":1,\"a\":2}|{\"a\":2}"
            })
    void hasOneForm(String json, String form) {
        assertEquals(form.replace("\\ufffd", "�"), again(json));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|unexpected end of JSON input",
                "{|unexpected end of JSON input",
                "{\"a\"|unexpected end of JSON input",
                "{\"a\":|unexpected end of JSON input",
                "{\"a\":1,}|invalid character '}' looking for beginning of object key string",
                "{\"a\" 1}|invalid character '1' after object key",
                "{\"a\":1 2}|invalid character '2' after object key:value pair",
                "[1 2]|invalid character '2' after array element",
                "[1,]|invalid character ']' looking for beginning of value",
                "{} x|invalid character 'x' after top-level value",
                "tru|unexpected end of JSON input",
                "trux|invalid character 'x' in literal true (expecting 'e')",
                "-x|invalid character 'x' in numeric literal",
                "1.x|invalid character 'x' after decimal point in numeric literal",
                "1ex|invalid character 'x' in exponent of numeric literal",
                "\"\\x\"|invalid character 'x' in string escape code",
                "\"\\u12g4\"|invalid character 'g' in \\u hexadecimal character escape",
                "{'a':1}|invalid character '\\'' looking for beginning of object key string"
            })
    void saysWhatIsWrong(String json, String message) {
        ApiException error = assertThrows(ApiException.class, () -> JsonReader.read(bytes(json)));
        assertEquals(400, error.code());
        assertEquals(message, error.message());
    }

    @Test
    void keepsInvalidTextReadable() {
        byte[] broken = {'"', 'a', (byte) 0xff, (byte) 0xe2, (byte) 0x28, '"'};
        assertEquals(Value.of("a��("), JsonReader.read(broken));
    }

    @Test
    void depthIsBounded() {
        String deep = "[".repeat(JsonReader.MAX_DEPTH) + "]".repeat(JsonReader.MAX_DEPTH);
        assertEquals(deep, again(deep));
        ApiException error = assertThrows(ApiException.class, () -> JsonReader.read(bytes("[" + deep + "]")));
        assertEquals("invalid character '[' exceeded max depth", error.message());
        assertThrows(ApiException.class, () -> JsonReader.read(bytes("{\"a\":".repeat(1_500_000))));
    }

    @Test
    void tellsOfNamesThatStandTwice() {
        ParseNotes notes = new ParseNotes();
        JsonReader.read(bytes("{\"a\":1,\"b\":[{\"c\":1},{\"c\":1,\"c\":2}],\"a\":2}"), notes);
        assertEquals(List.of("duplicate field \"b[1].c\"", "duplicate field \"a\""), notes.texts());
    }
}
