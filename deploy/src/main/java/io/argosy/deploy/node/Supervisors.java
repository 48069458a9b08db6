package io.argosy.deploy.node;

import io.argosy.deploy.host.Ledger;
import io.argosy.deploy.host.Machine;
import java.nio.file.Path;

/** Chooses who supervises on this machine. */
public final class Supervisors {

    private Supervisors() {}

    public static Supervisor forThisMachine(Layout layout, Ledger ledger) {
        return Machine.systemdIsInit()
                ? new SystemdSupervisor(Path.of("/etc/systemd/system"), ledger)
                : new ShellSupervisor(layout);
    }
}
