package io.argosy.deploy.command;

import io.argosy.deploy.host.Command.Result;
import io.argosy.deploy.host.Ledger;
import io.argosy.deploy.host.Machine;
import io.argosy.deploy.host.Undo;
import io.argosy.deploy.node.Containers;
import io.argosy.deploy.node.Layout;
import io.argosy.deploy.node.Supervisor;
import io.argosy.deploy.node.Supervisors;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Takes the cluster off this machine and leaves it as it was before; may be repeated after a failure. */
@Command(
        name = "reset",
        description = "Take the cluster off this machine: daemons, pods, data, network, settings.",
        mixinStandardHelpOptions = true)
final class ResetCommand implements Callable<Integer> {

    private static final List<String> DAEMONS =
            List.of("kube-proxy", "kubelet", "kube-scheduler", "kube-controller-manager", "kube-apiserver", "etcd");

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Override
    public Integer call() throws Exception {
        if (!Machine.isRoot()) {
            throw Failure.needsRoot();
        }
        Layout layout = Installation.layout();
        Ledger ledger = new Ledger(layout.ledger());
        if (!Files.exists(layout.ledger())) {
            System.out.println("There is no cluster on this machine; nothing to do.");
            return ExitCodes.OK;
        }
        if (!yes && !confirmed()) {
            return ExitCodes.FAILED;
        }
        Progress progress = new Progress(System.out);
        Supervisor supervisor = Supervisors.forThisMachine(layout, ledger);
        progress.step("Stopped the daemons", () -> {
            DAEMONS.forEach(supervisor::stop);
            return "";
        });
        progress.step("Ended the pods", () -> {
            int ended = new Containers(layout).endAll();
            supervisor.stop("containerd");
            return ended + " containers";
        });
        progress.step("Undid the changes to this machine", () -> {
            List<String> failures = new Undo(ledger).all();
            if (!failures.isEmpty()) {
                throw new Failure(ExitCodes.FAILED, "Some changes could not be undone; run it again", failures);
            }
            return "";
        });
        if (Machine.systemdIsInit()) {
            Result reload = io.argosy.deploy.host.Command.run("systemctl", "daemon-reload");
            if (!reload.ok()) {
                throw Failure.of("systemctl daemon-reload failed", reload.output());
            }
        }
        return ExitCodes.OK;
    }

    private static boolean confirmed() {
        if (!Terminal.present()) {
            throw Failure.of("This deletes the cluster and its data", "Fix:  argosy reset --yes");
        }
        String answer = System.console().readLine("Delete the cluster on this machine and all its data? [y/N] ");
        return "y".equalsIgnoreCase(answer);
    }
}
