package io.argosy.apimodel.meta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SelectorTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|``",
                "a=b|a=b",
                "a==b|a==b",
                "a!=b|a!=b",
                "a|a",
                "!a|!a",
                "b=1,a=2|a=2,b=1",
                "a in (y,x)|a in (x,y)",
                "a notin (x)|a notin (x)",
                "a in ()|a in ()",
                "a in (,)|a in ()",
                "a in (x,,y)|a in (,x,y)",
                "a>5|a>5",
                "a<5|a<5",
                "a=|a=",
                "a=,b=c|a=,b=c",
                "  a  =  b |a=b",
                "x.io/in in (in,notin)|x.io/in in (in,notin)"
            })
    void labelSelectorsAreReadAndWritten(String text, String canonical) {
        assertEquals(canonical, LabelSelector.parse(text).toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                ",|found ',', expected: !, identifier, or 'end of string'",
                "a,,b|found ',', expected: identifier after ','",
                "a b|unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt",
                "a in x|unable to parse requirement: found 'x' expected: '('",
                "a in (x|unable to parse requirement: found '', expected: ',' or ')'",
                "a=b c|found 'c', expected: ',' or 'end of string'"
            })
    void saysWhatIsWrong(String text, String message) {
        ApiException error = assertThrows(ApiException.class, () -> LabelSelector.parse(text));
        assertEquals(400, error.code());
        assertEquals(message, error.message());
    }

    @Test
    void labelSelectorsMatch() {
        Map<String, String> labels = Map.of("a", "1", "b", "x");
        for (String yes : List.of("", "a=1", "a in (1,2)", "a!=2", "c!=1", "c notin (1)", "!c", "a", "a>0", "a<2")) {
            assertTrue(LabelSelector.parse(yes).matches(labels), yes);
        }
        for (String no : List.of("a=2", "a in (2)", "a!=1", "c", "!a", "a>1", "b>0", "c<1", "a=1,b=y")) {
            assertFalse(LabelSelector.parse(no).matches(labels), no);
        }
        assertFalse(LabelSelector.of(Optional.empty()).matches(labels));
        assertTrue(LabelSelector.of(new ObjectValue()).matches(labels));
        assertEquals(Optional.of("1"), LabelSelector.parse("a in (1)").requiredValue("a"));
        assertEquals(Optional.empty(), LabelSelector.parse("a in (1,2)").requiredValue("a"));
    }

    @Test
    void fieldSelectors() {
        FieldSelector selector = FieldSelector.parse("spec.nodeName=n1,status.phase!=Running,a=x\\,y\\=z");
        assertEquals("a=x\\,y\\=z,spec.nodeName=n1,status.phase!=Running", selector.toString());
        assertTrue(selector.matches(Map.of("spec.nodeName", "n1", "a", "x,y=z")));
        assertFalse(selector.matches(Map.of("spec.nodeName", "n1", "a", "x,y=z", "status.phase", "Running")));
        assertEquals(Optional.of("n1"), selector.requiredValue("spec.nodeName"));
        assertEquals(
                "invalid selector: 'a'; can't understand 'a'",
                assertThrows(ApiException.class, () -> FieldSelector.parse("a")).message());
        assertThrows(ApiException.class, () -> FieldSelector.parse("a=\\x"));
    }

    @Test
    void names() {
        assertEquals(List.of(), Names.dns1123Label("my-name"));
        assertEquals(List.of("must not contain dots"), Names.dns1123Label("a.b"));
        assertEquals(
                List.of(
                        "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and"
                                + " end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is"
                                + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?')"),
                Names.dns1123Label("A"));
        assertEquals(List.of("must be no more than 63 characters"), Names.dns1035Label("a".repeat(64)));
        assertEquals(List.of("prefix part must be non-empty"), Names.qualifiedName("/a"));
        assertEquals(List.of("may not contain '/'"), Names.pathSegment("a/b"));
        assertEquals(List.of(), Names.labelValue(""));
        assertEquals(List.of("must be between 1 and 65535, inclusive"), Names.portNumber(0));
    }
}
