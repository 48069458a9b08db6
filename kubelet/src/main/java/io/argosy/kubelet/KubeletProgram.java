package io.argosy.kubelet;

import io.argosy.daemon.flags.FlagSet;
import io.argosy.daemon.flags.ParsedFlags;
import io.argosy.daemon.lifecycle.DaemonContext;
import io.argosy.daemon.lifecycle.DaemonProgram;
import io.argosy.daemon.lifecycle.RunningDaemon;
import io.argosy.kubelet.config.ConfigReader;
import io.argosy.kubelet.config.KubeletFlags;

/** The kubelet as a program: its flags, and how it starts. */
public final class KubeletProgram implements DaemonProgram {

    private final FlagSet flags = new FlagSet(
            "kubelet",
            "The kubelet is the agent of a node: it makes the node's containers what the pods of the API, and those of"
                    + " its static pod files, say.");
    private final KubeletFlags own = new KubeletFlags(flags);

    @Override
    public FlagSet flags() {
        return flags;
    }

    @Override
    public RunningDaemon start(ParsedFlags parsed, DaemonContext context) throws Exception {
        return Kubelet.start(new ConfigReader(flags, own, parsed).read(), context);
    }
}
