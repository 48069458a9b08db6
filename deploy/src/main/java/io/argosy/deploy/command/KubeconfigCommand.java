package io.argosy.deploy.command;

import io.argosy.deploy.node.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Prints the administrator's kubeconfig. */
@Command(name = "kubeconfig", description = "Print the administrator's kubeconfig.", mixinStandardHelpOptions = true)
final class KubeconfigCommand implements Callable<Integer> {

    @Override
    public Integer call() throws IOException {
        Layout layout = Installation.layout();
        if (!Files.exists(layout.adminKubeconfig())) {
            throw Failure.of("There is no cluster on this machine", "Fix:  argosy up");
        }
        if (!Files.isReadable(layout.adminKubeconfig())) {
            throw Failure.needsRoot();
        }
        System.out.print(Files.readString(layout.adminKubeconfig()));
        return ExitCodes.OK;
    }
}
