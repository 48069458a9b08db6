package io.argosy.kubelet.container;

import io.argosy.kubelet.cri.Labels;
import io.argosy.kubelet.cri.v1.LinuxContainerResources;
import io.argosy.kubelet.cri.v1.LinuxPodSandboxConfig;
import io.argosy.kubelet.cri.v1.PodSandboxConfig;
import io.argosy.kubelet.cri.v1.PodSandboxMetadata;
import io.argosy.kubelet.cri.v1.PortMapping;
import io.argosy.kubelet.cri.v1.Protocol;
import io.argosy.kubelet.pod.PodView;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Sysctl;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Describes a pod's sandbox to the runtime. Pure. */
public final class SandboxConfigs {

    private final PodDns.Node dns;
    private final boolean seccompByDefault;
    private final String seccompRoot;

    public SandboxConfigs(PodDns.Node dns, boolean seccompByDefault, String seccompRoot) {
        this.dns = dns;
        this.seccompByDefault = seccompByDefault;
        this.seccompRoot = seccompRoot;
    }

    /**
     * @param logs the directory for the logs of its containers
     * @param cgroupParent in the form that the runtime's cgroup driver takes
     */
    public PodSandboxConfig of(
            Pod pod, int attempt, Path logs, String cgroupParent, LinuxContainerResources podResources)
            throws ConfigException {
        if (Boolean.FALSE.equals(pod.getSpec().getHostUsers())) {
            throw ConfigException.config("user namespaces are not offered by this node: spec.hostUsers is false");
        }
        PodSandboxConfig.Builder out = PodSandboxConfig.newBuilder();
        out.setMetadata(PodSandboxMetadata.newBuilder()
                .setName(pod.getMetadata().getName())
                .setNamespace(pod.getMetadata().getNamespace())
                .setUid(pod.getMetadata().getUid())
                .setAttempt(attempt));
        out.setHostname(PodNames.of(pod, dns.clusterDomain()).forSandbox(pod));
        out.setLogDirectory(logs.toString());
        out.setDnsConfig(PodDns.of(pod, dns));
        if (!PodView.hostNetwork(pod)) {
            out.addAllPortMappings(ports(pod));
        }
        out.putAllLabels(labels(pod));
        out.putAllAnnotations(PodView.annotations(pod));
        LinuxPodSandboxConfig.Builder linux = LinuxPodSandboxConfig.newBuilder();
        linux.setCgroupParent(cgroupParent);
        linux.setSecurityContext(new SecurityContexts(pod, seccompByDefault, seccompRoot).sandbox());
        linux.putAllSysctls(sysctls(pod));
        linux.setResources(podResources);
        return out.setLinux(linux).build();
    }

    /** The pod's own labels cannot hide those by which it is recognised. */
    private static Map<String, String> labels(Pod pod) {
        Map<String, String> labels = new HashMap<>(PodView.labels(pod));
        labels.put(Labels.POD_NAME, pod.getMetadata().getName());
        labels.put(Labels.POD_NAMESPACE, pod.getMetadata().getNamespace());
        labels.put(Labels.POD_UID, pod.getMetadata().getUid());
        return labels;
    }

    private static List<PortMapping> ports(Pod pod) {
        List<PortMapping> out = new ArrayList<>();
        List<Container> all = new ArrayList<>(PodView.mains(pod));
        PodView.inits(pod).stream().filter(PodView::isSidecar).forEach(all::add);
        for (Container container : all) {
            for (ContainerPort port : PodView.orEmpty(container.getPorts())) {
                PortMapping.Builder mapping = PortMapping.newBuilder()
                        .setContainerPort(port.getContainerPort())
                        .setProtocol(protocol(port.getProtocol()));
                if (port.getHostPort() != null) {
                    mapping.setHostPort(port.getHostPort());
                }
                if (port.getHostIP() != null) {
                    mapping.setHostIp(port.getHostIP());
                }
                out.add(mapping.build());
            }
        }
        return out;
    }

    private static Protocol protocol(String name) {
        return switch (name == null ? "TCP" : name) {
            case "UDP" -> Protocol.UDP;
            case "SCTP" -> Protocol.SCTP;
            default -> Protocol.TCP;
        };
    }

    private static Map<String, String> sysctls(Pod pod) {
        Map<String, String> out = new HashMap<>();
        if (pod.getSpec().getSecurityContext() != null) {
            for (Sysctl sysctl :
                    PodView.orEmpty(pod.getSpec().getSecurityContext().getSysctls())) {
                out.put(sysctl.getName().replace('/', '.'), sysctl.getValue());
            }
        }
        return out;
    }
}
