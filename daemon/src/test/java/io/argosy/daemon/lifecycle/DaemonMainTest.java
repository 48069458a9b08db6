package io.argosy.daemon.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.argosy.daemon.flags.Flag;
import io.argosy.daemon.flags.FlagSet;
import io.argosy.daemon.flags.ParsedFlags;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class DaemonMainTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final AtomicBoolean closed = new AtomicBoolean();

    private int run(String... arguments) {
        FlagSet flags = new FlagSet("kube-thing", "Does things.");
        Flag<Boolean> fail = flags.section("Misc flags").bool("fail", false, "Fails.");
        DaemonProgram program = new DaemonProgram() {
            @Override
            public FlagSet flags() {
                return flags;
            }

            @Override
            public RunningDaemon start(ParsedFlags parsed, DaemonContext context) {
                if (parsed.get(fail)) {
                    context.fail("asked to");
                } else {
                    context.requestStop();
                }
                return () -> closed.set(true);
            }
        };
        return new DaemonMain(program, stream(out), stream(err)).run(List.of(arguments));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    @Test
    void versionAndHelpGoToStandardOutput() {
        assertEquals(0, run("--version"));
        assertEquals("Kubernetes v1.36.2\n", out.toString(StandardCharsets.UTF_8));
        assertEquals(0, run("--help"));
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("--logging-format string"));
    }

    @Test
    void anUnknownFlagIsRefusedAfterTheUsage() {
        assertEquals(1, run("--foo"));
        String text = err.toString(StandardCharsets.UTF_8);
        assertTrue(text.startsWith("Usage:\n  kube-thing [flags]\n"), text);
        assertTrue(text.endsWith("\nError: unknown flag: --foo\n"), text);
    }

    @Test
    void runsUntilStoppedAndClosesTheDaemon() {
        assertEquals(0, run());
        assertTrue(closed.get());
        assertEquals(1, run("--fail"));
        assertEquals(1, run("--logging-format=zz"));
    }
}
