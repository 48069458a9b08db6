package io.argosy.deploy.command;

import io.argosy.deploy.node.NodeSetup;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Brings up a cluster of this one machine; run again it changes nothing and says so. */
@Command(
        name = "up",
        description = "Bring up a cluster on this machine; the same again is a no-op.",
        mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {

    @Override
    public Integer call() throws Exception {
        if (!io.argosy.deploy.host.Machine.isRoot()) {
            throw Failure.needsRoot();
        }
        Progress progress = new Progress(System.out);
        new Up(Installation.layout(), progress, NodeSetup.forThisMachine(Installation.layout())).run();
        return ExitCodes.OK;
    }
}
