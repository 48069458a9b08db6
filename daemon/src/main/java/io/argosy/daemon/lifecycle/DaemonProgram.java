package io.argosy.daemon.lifecycle;

import io.argosy.daemon.config.ConfigurationException;
import io.argosy.daemon.flags.FlagSet;
import io.argosy.daemon.flags.ParsedFlags;

/**
 * What makes one executable: its flags, and how it starts. Every daemon's main class is the same five lines:
 *
 * <pre>{@code
 * public final class Main {
 *     public static void main(String[] args) {
 *         DaemonMain.main(new SchedulerProgram(), args);
 *     }
 * }
 *
 * final class SchedulerProgram implements DaemonProgram {
 *     private final FlagSet flags = new FlagSet("kube-scheduler", "The Kubernetes scheduler ...");
 *     private final SchedulerFlags own = new SchedulerFlags(flags);       // declares its flags, keeps their handles
 *
 *     public FlagSet flags() { return flags; }
 *
 *     public RunningDaemon start(ParsedFlags parsed, DaemonContext context) throws ConfigurationException {
 *         SchedulerConfig config = own.read(parsed);                      // an immutable record; all faults at once
 *         return Scheduler.start(config, context);                        // builds the object graph by hand
 *     }
 * }
 * }</pre>
 *
 * Logging flags, {@code --version} and {@code --help} are added by {@link DaemonMain}. The running object starts no
 * thread outside a {@link TaskScope} and stops its parts in reverse order with a {@link Stack}, so that several daemons
 * can share one JVM.
 */
public interface DaemonProgram {

    /** The flags, declared once. */
    FlagSet flags();

    /**
     * Starts the daemon and returns when it serves, or throws with every fault of its configuration.
     *
     * @throws ConfigurationException told to the operator as it is; the process exits with 1
     * @throws Exception any other reason not to start; the process exits with 1
     */
    RunningDaemon start(ParsedFlags parsed, DaemonContext context) throws ConfigurationException, Exception;
}
