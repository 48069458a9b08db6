package io.argosy.daemon.flags;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlagSetTest {

    private final FlagSet set = new FlagSet("kube-thing", "Does things.");
    private final FlagSection section = set.section("Misc flags");
    private final Flag<Boolean> elect = section.bool("leader-elect", true, "Elect.");
    private final Flag<Integer> port = section.integer("secure-port", 10259, "Port.");
    private final Flag<Duration> lease = section.duration("lease", Duration.ofSeconds(15), "Lease.");
    private final Flag<List<String>> names = section.strings("names", List.of("a"), "Names.");
    private final Flag<Map<String, Boolean>> gates = section.booleanMap("feature-gates", "Gates.");
    private final Flag<Integer> verbosity = section.verbosity("Verbosity.");

    @Test
    void readsEveryFormOfAFlag() throws FlagException {
        ParsedFlags parsed = set.parse(List.of(
                "--leader-elect=false",
                "--secure_port",
                "1",
                "--names=x,y",
                "--names",
                "z",
                "-v4",
                "--feature-gates=A=true,B=false",
                "--feature-gates=C=true"));
        assertFalse(parsed.get(elect));
        assertEquals(1, parsed.get(port));
        assertEquals(Duration.ofSeconds(15), parsed.get(lease));
        assertFalse(parsed.isSet(lease));
        assertEquals(List.of("x", "y", "z"), parsed.get(names));
        assertEquals(Map.of("A", true, "B", false, "C", true), parsed.get(gates));
        assertEquals(4, parsed.get(verbosity));
    }

    @Test
    void aBooleanTakesNoFollowingWord() {
        FlagException e = assertThrows(FlagException.class, () -> set.parse(List.of("--leader-elect", "false")));
        assertEquals("\"kube-thing\" does not take any arguments, got [\"false\"]", e.getMessage());
        assertFalse(e.showUsage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "--foo=1|unknown flag: --foo",
                "-q|unknown shorthand flag: 'q' in -q",
                "--secure-port|flag needs an argument: --secure-port",
                "--secure-port=abc|invalid argument \"abc\" for \"--secure-port\" flag: strconv.ParseInt: parsing \"abc\": invalid syntax",
                "--leader-elect=zz|invalid argument \"zz\" for \"--leader-elect\" flag: strconv.ParseBool: parsing \"zz\": invalid syntax",
                "--lease=5x|invalid argument \"5x\" for \"--lease\" flag: time: unknown unit \"x\" in duration \"5x\""
            })
    void refusesWithUpstreamsText(String argument, String text) {
        FlagException e = assertThrows(FlagException.class, () -> set.parse(List.of(argument)));
        assertEquals(text, e.getMessage());
        assertTrue(e.showUsage());
    }

    @Test
    void helpShowsTypesAndDefaults() {
        assertTrue(set.help().matches("(?s).*\n      --secure-port int {2,}Port. \\(default 10259\\)\n.*"), set.help());
        assertTrue(set.help().matches("(?s).*\n      --leader-elect {2,}Elect. \\(default true\\)\n.*"), set.help());
    }

    @ParameterizedTest
    @CsvSource({"1h30m,1h30m0s", "90s,1m30s", "1.5s,1.5s", "0,0s", "300ms,300ms", "-1m,-1m0s", "1h,1h0m0s"})
    void durationsHaveACanonicalForm(String text, String canonical) {
        assertEquals(canonical, GoDuration.format(GoDuration.parse(text)));
    }
}
