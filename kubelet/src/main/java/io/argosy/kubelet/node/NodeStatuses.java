package io.argosy.kubelet.node;

import io.argosy.kubelet.cri.v1.Image;
import io.argosy.kubelet.cri.v1.StatusResponse;
import io.argosy.kubelet.cri.v1.VersionResponse;
import io.argosy.kubelet.pod.PodView;
import io.fabric8.kubernetes.api.model.ContainerImage;
import io.fabric8.kubernetes.api.model.NodeAddress;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.NodeConditionBuilder;
import io.fabric8.kubernetes.api.model.NodeFeaturesBuilder;
import io.fabric8.kubernetes.api.model.NodeRuntimeHandler;
import io.fabric8.kubernetes.api.model.NodeRuntimeHandlerBuilder;
import io.fabric8.kubernetes.api.model.NodeStatus;
import io.fabric8.kubernetes.api.model.NodeSystemInfoBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Computes the status of the node. Pure. */
final class NodeStatuses {

    /**
     * What a status is computed from.
     *
     * @param before the status that the API shows
     * @param problems what keeps the node from being ready
     * @param pressures names of conditions that hold: {@code MemoryPressure}, {@code DiskPressure}, {@code PIDPressure}
     */
    record Inputs(
            NodeStatus before,
            String hostname,
            List<String> addresses,
            boolean addressesFromCloud,
            Machine machine,
            NodeCapacity capacity,
            VersionResponse runtime,
            Optional<StatusResponse> runtimeStatus,
            List<Image> images,
            int mostImages,
            int port,
            List<String> problems,
            Set<String> pressures,
            String kubeletVersion,
            Instant now) {}

    private NodeStatuses() {}

    static NodeStatus compute(Inputs in) {
        NodeStatus status = new NodeStatus();
        if (in.addressesFromCloud()) {
            status.setAddresses(in.before().getAddresses());
        } else {
            List<NodeAddress> addresses = new ArrayList<>();
            in.addresses().forEach(a -> addresses.add(new NodeAddress(a, "InternalIP")));
            addresses.add(new NodeAddress(in.hostname(), "Hostname"));
            status.setAddresses(addresses);
        }
        status.setCapacity(in.capacity().capacity());
        status.setAllocatable(in.capacity().allocatable());
        status.setNodeInfo(new NodeSystemInfoBuilder()
                .withMachineID(in.machine().machineId())
                .withSystemUUID(in.machine().systemUuid())
                .withBootID(in.machine().bootId())
                .withKernelVersion(in.machine().kernel())
                .withOsImage(in.machine().osImage())
                .withContainerRuntimeVersion(
                        in.runtime().getRuntimeName() + "://" + in.runtime().getRuntimeVersion())
                .withKubeletVersion(in.kubeletVersion())
                .withKubeProxyVersion("")
                .withOperatingSystem("linux")
                .withArchitecture(architecture())
                .build());
        io.fabric8.kubernetes.api.model.NodeDaemonEndpoints endpoints =
                new io.fabric8.kubernetes.api.model.NodeDaemonEndpoints();
        endpoints.setKubeletEndpoint(new io.fabric8.kubernetes.api.model.DaemonEndpoint(in.port()));
        status.setDaemonEndpoints(endpoints);
        status.setImages(images(in));
        handlers(in, status);
        status.setConditions(conditions(in));
        return status;
    }

    static String architecture() {
        return switch (System.getProperty("os.arch")) {
            case "amd64", "x86_64" -> "amd64";
            case "aarch64" -> "arm64";
            default -> System.getProperty("os.arch");
        };
    }

    private static void handlers(Inputs in, NodeStatus status) {
        if (in.runtimeStatus().isEmpty()) {
            return;
        }
        List<NodeRuntimeHandler> handlers = new ArrayList<>();
        in.runtimeStatus()
                .get()
                .getRuntimeHandlersList()
                .forEach(h -> handlers.add(new NodeRuntimeHandlerBuilder()
                        .withName(h.getName())
                        .withNewFeatures(
                                h.getFeatures().getRecursiveReadOnlyMounts(),
                                h.getFeatures().getUserNamespaces())
                        .build()));
        if (!handlers.isEmpty()) {
            status.setRuntimeHandlers(handlers);
        }
        if (in.runtimeStatus().get().hasFeatures()) {
            status.setFeatures(new NodeFeaturesBuilder()
                    .withSupplementalGroupsPolicy(
                            in.runtimeStatus().get().getFeatures().getSupplementalGroupsPolicy())
                    .build());
        }
    }

    private static List<ContainerImage> images(Inputs in) {
        return in.images().stream()
                .filter(i -> i.getRepoTagsCount() + i.getRepoDigestsCount() > 0)
                .sorted(Comparator.comparingLong(Image::getSize).reversed())
                .limit(in.mostImages() < 0 ? Long.MAX_VALUE : in.mostImages())
                .map(i -> {
                    List<String> names = new ArrayList<>(i.getRepoDigestsList());
                    names.addAll(i.getRepoTagsList());
                    return new ContainerImage(names.subList(0, Math.min(5, names.size())), i.getSize());
                })
                .toList();
    }

    private static List<NodeCondition> conditions(Inputs in) {
        List<NodeCondition> out = new ArrayList<>();
        for (NodeCondition c : PodView.orEmpty(in.before().getConditions())) {
            if (!Set.of("MemoryPressure", "DiskPressure", "PIDPressure", "Ready")
                    .contains(c.getType())) {
                out.add(c);
            }
        }
        out.add(pressure(
                in,
                "MemoryPressure",
                "KubeletHasInsufficientMemory",
                "KubeletHasSufficientMemory",
                "kubelet has insufficient memory available",
                "kubelet has sufficient memory available"));
        out.add(pressure(
                in,
                "DiskPressure",
                "KubeletHasDiskPressure",
                "KubeletHasNoDiskPressure",
                "kubelet has disk pressure",
                "kubelet has no disk pressure"));
        out.add(pressure(
                in,
                "PIDPressure",
                "KubeletHasInsufficientPID",
                "KubeletHasSufficientPID",
                "kubelet has insufficient PID available",
                "kubelet has sufficient PID available"));
        boolean ready = in.problems().isEmpty();
        String message =
                in.problems().size() == 1 ? in.problems().getFirst() : "[" + String.join(", ", in.problems()) + "]";
        out.add(condition(
                in,
                "Ready",
                ready,
                ready ? "KubeletReady" : "KubeletNotReady",
                ready ? "kubelet is posting ready status" : message));
        return out;
    }

    private static NodeCondition pressure(
            Inputs in, String type, String reason, String noReason, String message, String noMessage) {
        boolean holds = in.pressures().contains(type);
        return condition(in, type, holds, holds ? reason : noReason, holds ? message : noMessage);
    }

    private static NodeCondition condition(Inputs in, String type, boolean status, String reason, String message) {
        String value = status ? "True" : "False";
        String now = in.now().truncatedTo(ChronoUnit.SECONDS).toString();
        String since = PodView.orEmpty(in.before().getConditions()).stream()
                .filter(c -> c.getType().equals(type) && c.getStatus().equals(value))
                .map(NodeCondition::getLastTransitionTime)
                .findFirst()
                .orElse(now);
        return new NodeConditionBuilder()
                .withType(type)
                .withStatus(value)
                .withReason(reason)
                .withMessage(message)
                .withLastHeartbeatTime(now)
                .withLastTransitionTime(since)
                .build();
    }

    /** Whether two statuses say the same apart from the time at which they say it. */
    static boolean same(NodeStatus a, NodeStatus b) {
        return silent(a).equals(silent(b));
    }

    private static NodeStatus silent(NodeStatus status) {
        NodeStatus copy = io.argosy.client.request.ObjectJson.copy(status);
        PodView.orEmpty(copy.getConditions()).forEach(c -> c.setLastHeartbeatTime(null));
        return copy;
    }
}
