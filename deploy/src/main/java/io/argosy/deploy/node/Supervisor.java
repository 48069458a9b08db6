package io.argosy.deploy.node;

import java.util.OptionalLong;

/** Who keeps the daemons of a node running. */
public interface Supervisor {

    /** What {@link #ensure} did. */
    enum Change {
        NONE,
        STARTED,
        RESTARTED
    }

    /** Makes the daemon run with exactly this command; nothing happens when it does already. */
    Change ensure(Daemon daemon);

    /** Stops it and returns when it has ended. */
    void stop(String name);

    /** The daemon's process id, empty while it does not run. */
    OptionalLong processId(String name);

    /** Where its output goes, as a person would look at it. */
    String logHint(String name);
}
