package io.argosy.kubelet;

import io.argosy.daemon.config.ConfigurationException;
import io.argosy.daemon.config.Problems;
import io.argosy.kubelet.config.KubeletConfig;
import io.argosy.kubelet.host.KernelSettings;

/** What a machine must be for a kubelet that is configured so. */
final class HostRequirements {

    private HostRequirements() {}

    /**
     * Tells everything that keeps the kubelet from running here.
     *
     * @param swap whether the machine has swap on
     * @param unified whether it has version 2 of control groups
     */
    static void check(KubeletConfig.Cgroups config, boolean swap, boolean unified) throws ConfigurationException {
        Problems problems = new Problems();
        if (config.keepKernelSettings()) {
            new KernelSettings().deviations().forEach(problems::add);
        }
        problems.require(
                !swap || !config.failOnSwap(),
                "running with swap on is not supported, please disable swap or set --fail-swap-on flag to false");
        problems.require(
                unified || !config.failOnVersion1(),
                "kubelet is configured to not run on a host using cgroup v1. cgroup v1 support is unsupported and"
                        + " will be removed in a future release");
        problems.throwIfAny();
    }
}
