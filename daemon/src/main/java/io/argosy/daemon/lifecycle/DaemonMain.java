package io.argosy.daemon.lifecycle;

import io.argosy.daemon.clock.Clock;
import io.argosy.daemon.config.ConfigurationException;
import io.argosy.daemon.config.Problems;
import io.argosy.daemon.flags.Flag;
import io.argosy.daemon.flags.FlagException;
import io.argosy.daemon.flags.FlagSection;
import io.argosy.daemon.flags.ParsedFlags;
import io.argosy.daemon.health.ProcessPages;
import io.argosy.daemon.logging.Logging;
import io.argosy.daemon.logging.LoggingConfig;
import io.argosy.daemon.logging.LoggingFlags;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one way a daemon's process runs: read flags, start, tell systemd, wait for SIGTERM, SIGINT or the daemon's own
 * failure, stop in order, exit. Exit codes: 0 after an orderly end, 1 for a bad command line, a bad configuration, or a
 * daemon that could not go on.
 */
public final class DaemonMain {

    /** What {@code --version} prints and the API reports. */
    public static final String VERSION = ProcessPages.VERSION;

    private static final Logger LOG = LoggerFactory.getLogger(DaemonMain.class);

    private final DaemonProgram program;
    private final PrintStream out;
    private final PrintStream err;
    private final LoggingFlags logging;
    private final Flag<String> version;

    DaemonMain(DaemonProgram program, PrintStream out, PrintStream err) {
        this.program = program;
        this.out = out;
        this.err = err;
        this.logging = new LoggingFlags(program.flags());
        FlagSection global = program.flags().section("Global flags");
        global.bool("help", false, "help for " + program.flags().command());
        this.version = global.of(
                "version[=true]",
                "version",
                "false",
                text -> text,
                text -> "",
                "--version, --version=raw prints version information and quits; "
                        + "--version=vX.Y.Z... sets the reported version");
    }

    /** Runs the program and ends the process. */
    public static void main(DaemonProgram program, String[] arguments) {
        System.exit(new DaemonMain(program, System.out, System.err).run(List.of(arguments)));
    }

    int run(List<String> arguments) {
        Logging.install(LoggingConfig.standard());
        ParsedFlags parsed;
        try {
            parsed = program.flags().parse(withVersionValue(arguments));
        } catch (FlagException e) {
            return refuse(e);
        }
        if (!parsed.get(version).equals("false")) {
            out.println("Kubernetes " + VERSION);
            return 0;
        }
        try {
            Problems problems = new Problems();
            LoggingConfig config = logging.read(parsed, problems);
            problems.throwIfAny();
            Logging.install(config);
            return serve(parsed);
        } catch (ConfigurationException e) {
            LOG.error(
                    "\"command failed\" err=\"{}\"",
                    String.valueOf(e.getMessage()).replace("\"", "\\\""));
            return 1;
        } catch (Exception e) {
            LOG.error("\"command failed\"", e);
            return 1;
        }
    }

    /** {@code --version} alone means true; it is no boolean because it takes other values too. */
    private static List<String> withVersionValue(List<String> arguments) {
        return arguments.stream()
                .map(argument -> switch (argument) {
                    case "--version" -> "--version=true";
                    case "--help" -> "-h";
                    default -> argument;
                })
                .toList();
    }

    private int refuse(FlagException e) {
        if (e.isHelp()) {
            out.println(program.flags().help());
            return 0;
        }
        if (e.showUsage()) {
            err.println(program.flags().usage());
        }
        err.println("Error: " + e.getMessage());
        return 1;
    }

    private int serve(ParsedFlags parsed) throws Exception {
        DaemonContext context = new DaemonContext(Clock.system());
        context.pages().describe(program.flags(), parsed);
        CountDownLatch ended = new CountDownLatch(1);
        StartPhase phase = new StartPhase(Thread.currentThread());
        Thread hook = Thread.ofPlatform().name("signal").unstarted(() -> {
            context.requestStop();
            phase.breakOff();
            awaitQuietly(ended);
            Runtime.getRuntime().halt(0);
        });
        Runtime.getRuntime().addShutdownHook(hook);
        int code;
        try {
            RunningDaemon daemon = program.start(parsed, context);
            phase.over();
            LOG.info("started command={} version={}", program.flags().command(), VERSION);
            SystemdNotifier notifier = SystemdNotifier.fromEnvironment();
            notifier.notify("READY=1");
            try (TaskScope watchdog = new TaskScope("watchdog")) {
                Watchdog.asked(System.getenv(), ProcessHandle.current().pid())
                        .ifPresent(every ->
                                watchdog.fork("tell", new Watchdog(every, context.clock(), notifier::notify)::run));
                code = context.awaitStop();
                notifier.notify("STOPPING=1");
            }
            LOG.info("stopping command={}", program.flags().command());
            daemon.close();
        } finally {
            ended.countDown();
            removeHook(hook);
        }
        return code;
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The signal came first: the hook ends the process.
            LOG.debug("shutdown by signal");
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
