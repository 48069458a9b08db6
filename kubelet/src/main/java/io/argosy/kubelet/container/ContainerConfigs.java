package io.argosy.kubelet.container;

import com.google.protobuf.ByteString;
import io.argosy.kubelet.api.NodeObjects;
import io.argosy.kubelet.container.ContainerResources.NodeRules;
import io.argosy.kubelet.container.FieldReader.NodeFacts;
import io.argosy.kubelet.cri.Labels;
import io.argosy.kubelet.cri.v1.ContainerConfig;
import io.argosy.kubelet.cri.v1.ContainerMetadata;
import io.argosy.kubelet.cri.v1.ImageSpec;
import io.argosy.kubelet.cri.v1.KeyValue;
import io.argosy.kubelet.cri.v1.LinuxContainerConfig;
import io.argosy.kubelet.cri.v1.LinuxContainerResources;
import io.argosy.kubelet.cri.v1.Mount;
import io.argosy.kubelet.cri.v1.Signal;
import io.argosy.kubelet.pod.PodView;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Describes a container to the runtime. */
public final class ContainerConfigs {

    /**
     * What one start of a container brings with it.
     *
     * @param imageRef the image as the runtime identifies it
     * @param imageUser the numeric user of the image
     * @param imageUserName a user that the image only names
     * @param mounts volumes and files of the pod, ready on disk
     * @param targetId the container whose processes an ephemeral one shall see
     */
    public record Start(
            Pod pod,
            Container container,
            int attempt,
            String imageRef,
            Optional<Long> imageUser,
            String imageUserName,
            List<Mount> mounts,
            Map<String, String> environment,
            Optional<String> targetId) {}

    private final NodeRules rules;
    private final boolean seccompByDefault;
    private final String seccompRoot;

    public ContainerConfigs(NodeRules rules, boolean seccompByDefault, String seccompRoot) {
        this.rules = rules;
        this.seccompByDefault = seccompByDefault;
        this.seccompRoot = seccompRoot;
    }

    /** The environment of a container, from the API and the node. */
    public static Map<String, String> environment(
            Pod pod,
            Container container,
            NodeObjects objects,
            NodeFacts node,
            List<String> podIps,
            Supplier<Map<String, Quantity>> allocatable)
            throws ConfigException {
        return new Environment(pod, container, objects, node, podIps, allocatable.get()).compute();
    }

    /** The resources of a container that runs and gets others. */
    public LinuxContainerResources resources(Pod pod, Container container) {
        LinuxContainerResources.Builder out = ContainerResources.of(pod, container, rules).toBuilder();
        return out.clearHugepageLimits().clearUnified().build();
    }

    public ContainerConfig of(Start start) throws ConfigException {
        Pod pod = start.pod();
        Container container = start.container();
        SecurityContexts.verifyNonRoot(pod, container, start.imageUser(), start.imageUserName());
        ContainerConfig.Builder out = ContainerConfig.newBuilder();
        out.setMetadata(
                ContainerMetadata.newBuilder().setName(container.getName()).setAttempt(start.attempt()));
        out.setImage(ImageSpec.newBuilder().setImage(start.imageRef()).setUserSpecifiedImage(container.getImage()));
        for (String word : PodView.orEmpty(container.getCommand())) {
            out.addCommand(Expansion.expand(word, start.environment()));
        }
        for (String word : PodView.orEmpty(container.getArgs())) {
            out.addArgs(Expansion.expand(word, start.environment()));
        }
        if (container.getWorkingDir() != null) {
            out.setWorkingDir(container.getWorkingDir());
        }
        start.environment()
                .forEach((k, v) -> out.addEnvs(KeyValue.newBuilder().setKey(k).setValue(ByteString.copyFromUtf8(v))));
        out.addAllMounts(start.mounts());
        out.putAllLabels(labels(pod, container));
        out.putAllAnnotations(annotations(start));
        out.setLogPath(container.getName() + "/" + start.attempt() + ".log");
        out.setStdin(Boolean.TRUE.equals(container.getStdin()));
        out.setStdinOnce(Boolean.TRUE.equals(container.getStdinOnce()));
        out.setTty(Boolean.TRUE.equals(container.getTty()));
        if (container.getLifecycle() != null && container.getLifecycle().getStopSignal() != null) {
            out.setStopSignal(
                    signal(container.getName(), container.getLifecycle().getStopSignal()));
        }
        out.setLinux(LinuxContainerConfig.newBuilder()
                .setResources(ContainerResources.of(pod, container, rules))
                .setSecurityContext(new SecurityContexts(pod, seccompByDefault, seccompRoot)
                        .container(container, start.imageUser(), start.imageUserName(), start.targetId())));
        return out.build();
    }

    private static Signal signal(String container, String name) throws ConfigException {
        try {
            return Signal.valueOf(name.replace("+", "PLUS").replace("-", "MINUS"));
        } catch (IllegalArgumentException e) {
            throw ConfigException.config("unknown stop signal " + name + " of container " + container);
        }
    }

    private static Map<String, String> labels(Pod pod, Container container) {
        return Map.of(
                Labels.POD_NAME, pod.getMetadata().getName(),
                Labels.POD_NAMESPACE, pod.getMetadata().getNamespace(),
                Labels.POD_UID, pod.getMetadata().getUid(),
                Labels.CONTAINER_NAME, container.getName());
    }

    /** What a kubelet that starts later has to know of the container without its pod. */
    private static Map<String, String> annotations(Start start) {
        Container container = start.container();
        Map<String, String> out = new LinkedHashMap<>();
        out.put(Labels.HASH, ContainerHash.hex(container));
        out.put(Labels.RESTART_COUNT, Integer.toString(start.attempt()));
        out.put(Labels.TERMINATION_PATH, terminationPath(container));
        out.put(Labels.TERMINATION_POLICY, terminationPolicy(container));
        out.put(Labels.POD_TERMINATION_GRACE, Long.toString(PodView.terminationGrace(start.pod())));
        Long deletionGrace = start.pod().getMetadata().getDeletionGracePeriodSeconds();
        if (deletionGrace != null) {
            out.put(Labels.POD_DELETION_GRACE, deletionGrace.toString());
        }
        List<String> ports = new ArrayList<>();
        for (ContainerPort port : PodView.orEmpty(container.getPorts())) {
            ports.add("{" + (port.getName() == null ? "" : "\"name\":\"" + port.getName() + "\",")
                    + (port.getHostPort() == null ? "" : "\"hostPort\":" + port.getHostPort() + ",")
                    + "\"containerPort\":" + port.getContainerPort() + ",\"protocol\":\""
                    + (port.getProtocol() == null ? "TCP" : port.getProtocol()) + "\"}");
        }
        if (!ports.isEmpty()) {
            out.put(Labels.PORTS, "[" + String.join(",", ports) + "]");
        }
        return out;
    }

    public static String terminationPath(Container container) {
        String path = container.getTerminationMessagePath();
        return path == null || path.isEmpty() ? "/dev/termination-log" : path;
    }

    public static String terminationPolicy(Container container) {
        String policy = container.getTerminationMessagePolicy();
        return policy == null || policy.isEmpty() ? "File" : policy;
    }
}
