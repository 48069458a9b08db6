package io.argosy.daemon.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.argosy.daemon.config.ConfigFile;
import io.argosy.daemon.config.ConfigurationException;
import io.argosy.daemon.config.Problems;
import io.argosy.daemon.flags.FlagSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoggingSectionTest {

    private final Problems problems = new Problems();

    private LoggingConfig read(String section) throws Exception {
        ConfigFile file = ConfigFile.parse("c", "logging: " + section);
        LoggingConfig config = LoggingSection.read(file.root().object("logging"), problems);
        file.finish();
        return config;
    }

    @Test
    void readsFormatVerbosityAndModules() throws Exception {
        assertEquals(
                new LoggingConfig(false, 3, Map.of("A", 5)),
                read("{verbosity: 3, flushFrequency: 5s, vmodule: [{filePattern: A, verbosity: 5}]}"));
        assertEquals(new LoggingConfig(true, 0, Map.of()), read("{format: json, flushFrequency: 5000000000}"));
        assertEquals(List.of(), problems.found());
    }

    @Test
    void whatNeedsAGateIsRefusedForTheFormatInUse() throws Exception {
        read("{options: {json: {splitStream: true}}}");
        assertEquals(List.of(), problems.found());
        read("{format: json, verbosity: -1, options: {json: {splitStream: true, infoBufferSize: 1Ki}}}");
        assertEquals(
                List.of(
                        "logging.options.json.splitStream: Forbidden: Feature LoggingAlphaOptions is disabled",
                        "logging.options.json.infoBufferSize: Forbidden: Feature LoggingAlphaOptions is disabled",
                        "logging.verbosity: Invalid value: -1: must be greater than or equal to 0"),
                problems.found());
    }

    @Test
    void aPeriodThatIsNoneIsAFault() {
        assertThrows(ConfigurationException.class, () -> read("{flushFrequency: abc}"));
    }

    @Test
    void flagsWinAndTheirModulesComeFirst() throws Exception {
        FlagSet flags = new FlagSet("d", "");
        new LoggingFlags(flags);
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put(
                "logging",
                new LinkedHashMap<>(Map.of(
                        "verbosity",
                        1,
                        "format",
                        "json",
                        "vmodule",
                        List.of(Map.of("filePattern", "B", "verbosity", 2)))));
        LoggingSection.overlay(tree, flags, flags.parse(List.of("-v=4", "--vmodule=A=3")));
        assertEquals(
                Map.of(
                        "verbosity",
                        4,
                        "format",
                        "json",
                        "vmodule",
                        List.of(
                                Map.of("filePattern", "A", "verbosity", 3),
                                Map.of("filePattern", "B", "verbosity", 2))),
                tree.get("logging"));
    }
}
