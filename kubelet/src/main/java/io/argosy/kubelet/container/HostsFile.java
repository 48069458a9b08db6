package io.argosy.kubelet.container;

import io.argosy.kubelet.pod.PodView;
import io.fabric8.kubernetes.api.model.HostAlias;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;

/** The content of a pod's {@code /etc/hosts}. Pure. */
public final class HostsFile {

    private HostsFile() {}

    /** @param hostContent the node's own file, for a pod on its network */
    public static String content(Pod pod, List<String> podIps, PodNames names, String hostContent) {
        StringBuilder out = new StringBuilder();
        if (PodView.hostNetwork(pod)) {
            out.append("# Kubernetes-managed hosts file (host network).\n").append(hostContent);
        } else {
            out.append("# Kubernetes-managed hosts file.\n")
                    .append("127.0.0.1\tlocalhost\n")
                    .append("::1\tlocalhost ip6-localhost ip6-loopback\n")
                    .append("fe00::0\tip6-localnet\n")
                    .append("fe00::0\tip6-mcastprefix\n")
                    .append("fe00::1\tip6-allnodes\n")
                    .append("fe00::2\tip6-allrouters\n");
            for (String ip : podIps) {
                out.append(ip).append('\t');
                if (!names.domain().isEmpty()) {
                    out.append(names.hostname())
                            .append('.')
                            .append(names.domain())
                            .append('\t');
                }
                out.append(names.hostname()).append('\n');
            }
        }
        List<HostAlias> aliases = PodView.orEmpty(pod.getSpec().getHostAliases());
        if (!aliases.isEmpty()) {
            out.append("\n# Entries added by HostAliases.\n");
            for (HostAlias alias : aliases) {
                out.append(alias.getIp())
                        .append('\t')
                        .append(String.join("\t", PodView.orEmpty(alias.getHostnames())))
                        .append('\n');
            }
        }
        return out.toString();
    }
}
