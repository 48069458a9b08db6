package io.argosy.apimodel.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class YamlTest {

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String json(String yaml) {
        return new String(JsonWriter.write(YamlReader.read(bytes(yaml))), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "yes|true",
                "y|true",
                "off|false",
                "~|null",
                "``|null",
                "0777|511",
                "0o17|15",
                "0x1F|31",
                "0b101|5",
                "1_000|1000",
                "1.5|1.5",
                ".5|0.5",
                "1e3|1000",
                "08|8",
                "\"1\"|\"1\"",
                "'yes'|\"yes\"",
                "!!str 1|\"1\"",
                "2020-01-02|\"2020-01-02\"",
                "12:30|\"12:30\"",
                "v1.2|\"v1.2\"",
                "-|[null]",
                "{a: 1, b: [x]}|{\"a\":1,\"b\":[\"x\"]}"
            })
    void scalarsMeanWhatTheyMeanInYaml11(String yaml, String json) {
        assertEquals(json, json(yaml));
    }

    @Test
    void aliasesAndMerges() {
        assertEquals(
                "{\"base\":{\"p\":1,\"q\":2},\"copy\":{\"p\":1,\"q\":3}}",
                json("base: &b {p: 1, q: 2}\ncopy:\n  <<: *b\n  q: 3\n"));
    }

    @Test
    void aliasBombIsRefused() {
        StringBuilder bomb = new StringBuilder("a: &a [x,x,x,x,x,x,x,x,x]\n");
        for (char c = 'b'; c < 'k'; c++) {
            bomb.append(c).append(": &").append(c).append(" [");
            bomb.append(("*" + (char) (c - 1) + ",").repeat(9)).append("]\n");
        }
        ApiException error = assertThrows(ApiException.class, () -> YamlReader.read(bytes(bomb.toString())));
        assertEquals(400, error.code());
        assertTrue(error.message().contains("document contains excessive aliasing"), error.message());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a: [", "a: *x", "a: &a [*a]", "{a: 1", "\t a: b", "a: \"\\q\"", "a: b: c", "a: 'b", "a: @x"})
    void badDocumentsAreBadRequests(String yaml) {
        assertEquals(
                400,
                assertThrows(ApiException.class, () -> YamlReader.read(bytes(yaml)))
                        .code());
    }

    @Test
    void deepDocumentsAreBadRequests() {
        assertThrows(ApiException.class, () -> YamlReader.read(bytes("[".repeat(100_000))));
    }

    @Test
    void repeatedKeysAreNoted() {
        ParseNotes notes = new ParseNotes();
        Value value = YamlReader.read(bytes("a: 1\nb: 2\na: 3\n"), notes);
        assertEquals("{\"a\":3,\"b\":2}", new String(JsonWriter.write(value), StandardCharsets.UTF_8));
        assertEquals(List.of("yaml: unmarshal errors:\n  line 3: key \"a\" already set in map"), notes.texts());
    }

    @Test
    void whatIsWrittenIsReadBack() {
        ObjectValue tree = new ObjectValue();
        for (String text : List.of(
                "",
                " x",
                "x ",
                "yes",
                "1",
                "1.5",
                "~",
                "a: b",
                "a #b",
                "#a",
                "- a",
                "-",
                "?",
                "a\nb",
                "a\nb\n",
                "\n",
                "a\n\n",
                "\tx",
                "it's",
                "\"q\"",
                "é漢😀",
                "\u0001",
                "2020-01-01",
                "{a}",
                "*a",
                "&a",
                "!a",
                "%a",
                "@a",
                "`a",
                "a:",
                ":a",
                "0x1",
                "null",
                "<<",
                "=",
                "  lead\nb",
                "---",
                "a\\b",
                "\u2028",
                "\r\n")) {
            tree.put("k" + tree.size(), text);
        }
        byte[] yaml = YamlWriter.write(tree);
        assertEquals(tree, YamlReader.read(yaml), () -> new String(yaml, StandardCharsets.UTF_8));
    }
}
