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
                %4$s%5$s
                [Install]
                WantedBy=multi-user.target
                """.formatted(
                        daemon.name(),
                        after,
                        command,
                        daemon.killOnlyMain() ? "KillMode=process\n" : "",
                        daemon.cgroupDelegate() ? "Delegate=yes\n" : "");
    }

    private static String quote(String word) {
        String escaped = word.replace("%", "%%").replace("$", "$$");
        return escaped.contains(" ") ? "\"" + escaped.replace("\"", "\\\"") + "\"" : escaped;
    }
}
