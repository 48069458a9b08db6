package io.argosy.deploy.node;

import java.util.stream.Collectors;

/** The systemd unit of a daemon, as text. */
public final class SystemdUnits {

    private SystemdUnits() {}

    public static String name(String daemon) {
        return "argosy-" + daemon + ".service";
    }

    /** See systemd.service(5) and systemd.exec(5). */
    public static String text(Daemon daemon) {
        String after = daemon.after()
                .map(name -> "After=" + name(name) + "\nWants=" + name(name) + "\n")
                .orElse("");
        String command = daemon.command().stream().map(SystemdUnits::quote).collect(Collectors.joining(" \\\n    "));
        return text(
                daemon.name(),
                after,
                command,
                (daemon.killOnlyMain() ? "KillMode=process\n" : "")
                        + (daemon.cgroupDelegate() ? "Delegate=yes\n" : ""));
    }

    /**
     * The unit that the distribution ships: flags come from {@code /etc/argosy/NAME.env}, as {@code FLAGS=...}, and the
     * distribution lies in {@code /opt/argosy}.
     */
    public static String packaged(String daemon) {
        boolean node = daemon.equals("kubelet");
        return text(
                daemon,
                "",
                "/opt/argosy/bin/" + daemon + " $FLAGS",
                "EnvironmentFile=/etc/argosy/" + daemon + ".env\n" + (node ? "KillMode=process\nDelegate=yes\n" : ""));
    }

    private static String text(String daemon, String after, String command, String more) {
        return """
                [Unit]
                Description=Argosy %1$s
                Wants=network-online.target
                After=network-online.target
                %2$sStartLimitIntervalSec=0

                [Service]
                ExecStart=%3$s
                Restart=always
                RestartSec=1
                LimitNOFILE=1048576
                LimitNPROC=infinity
                LimitCORE=0
                TasksMax=infinity
                TimeoutStopSec=60
                %4$s
                [Install]
                WantedBy=multi-user.target
                """.formatted(daemon, after, command, more);
    }

    private static String quote(String word) {
        String escaped = word.replace("%", "%%").replace("$", "$$");
        return escaped.contains(" ") ? "\"" + escaped.replace("\"", "\\\"") + "\"" : escaped;
    }
}
