package io.argosy.controllermanager.manager;

import io.argosy.daemon.flags.FlagSet;
import io.argosy.daemon.flags.ParsedFlags;
import io.argosy.daemon.lifecycle.DaemonContext;
import io.argosy.daemon.lifecycle.DaemonProgram;
import io.argosy.daemon.lifecycle.RunningDaemon;

/** How {@code kube-controller-manager} starts. */
public final class ManagerProgram implements DaemonProgram {

    private final FlagSet flags = new FlagSet(
            "kube-controller-manager",
            "The Kubernetes controller manager is a daemon that embeds the core control loops: each watches the shared\n"
                    + "state of the cluster through the apiserver and makes changes that move the current state towards\n"
                    + "the desired state.");
    private final ManagerFlags own = new ManagerFlags(flags);

    @Override
    public FlagSet flags() {
        return flags;
    }

    @Override
    public RunningDaemon start(ParsedFlags parsed, DaemonContext context) throws Exception {
        ManagerConfig config = own.read(parsed, context.clock());
        context.configz().put(ConfigView.SECTION, () -> ConfigView.of(flags.values(parsed)));
        return Manager.start(config, context);
    }
}
