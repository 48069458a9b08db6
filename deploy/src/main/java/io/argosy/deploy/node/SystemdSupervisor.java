package io.argosy.deploy.node;

import io.argosy.deploy.host.Command;
import io.argosy.deploy.host.Ledger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Supervision by systemd: a unit per daemon in {@code /etc/systemd/system}. */
final class SystemdSupervisor implements Supervisor {

    private final Path units;
    private final Ledger ledger;

    SystemdSupervisor(Path units, Ledger ledger) {
        this.units = units;
        this.ledger = ledger;
    }

    @Override
    public Change ensure(Daemon daemon) {
        String unit = SystemdUnits.name(daemon.name());
        Path file = units.resolve(unit);
        String text = SystemdUnits.text(daemon);
        try {
            boolean same = Files.exists(file) && Files.readString(file).equals(text);
            boolean runs =
                    Command.run("systemctl", "is-active", "--quiet", unit).ok();
            if (same && runs) {
                return Change.NONE;
            }
            if (!same) {
                ledger.record(Ledger.Kind.PATH, file.toString(), "");
                Files.writeString(file, text);
                Command.must("systemctl", "daemon-reload");
            }
            Command.must("systemctl", "enable", "--quiet", unit);
            Command.must("systemctl", runs ? "restart" : "start", unit);
            return runs ? Change.RESTARTED : Change.STARTED;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    @Override
    public void stop(String name) {
        String unit = SystemdUnits.name(name);
        if (Files.exists(units.resolve(unit))) {
            Command.run("systemctl", "disable", "--quiet", "--now", unit);
        }
    }

    @Override
    public OptionalLong processId(String name) {
        String shown = Command.run("systemctl", "show", "--property=MainPID", "--value", SystemdUnits.name(name))
                .output()
                .strip();
        return shown.matches("[1-9]\\d*") ? OptionalLong.of(Long.parseLong(shown)) : OptionalLong.empty();
    }

    @Override
    public String logHint(String name) {
        return "journalctl -u " + SystemdUnits.name(name);
    }
}
