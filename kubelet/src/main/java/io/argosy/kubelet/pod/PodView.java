package io.argosy.kubelet.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EphemeralContainer;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a pod's spec without nulls. */
public final class PodView {

    public static final String CONFIG_SOURCE = "kubernetes.io/config.source";
    public static final String CONFIG_MIRROR = "kubernetes.io/config.mirror";
    public static final String CONFIG_HASH = "kubernetes.io/config.hash";

    private PodView() {}

    public static String uid(Pod pod) {
        return pod.getMetadata().getUid();
    }

    public static String key(Pod pod) {
        return pod.getMetadata().getNamespace() + "/" + pod.getMetadata().getName();
    }

    /** {@code name_namespace(uid)}, as log lines and messages of upstream name a pod. */
    public static String described(Pod pod) {
        return pod.getMetadata().getName() + "_" + pod.getMetadata().getNamespace() + "("
                + pod.getMetadata().getUid() + ")";
    }

    public static List<Container> mains(Pod pod) {
        return orEmpty(pod.getSpec().getContainers());
    }

    public static List<Container> inits(Pod pod) {
        return orEmpty(pod.getSpec().getInitContainers());
    }

    /** Ephemeral containers in the form of ordinary ones. */
    public static List<Container> ephemerals(Pod pod) {
        List<Container> out = new ArrayList<>();
        for (EphemeralContainer e : orEmpty(pod.getSpec().getEphemeralContainers())) {
            out.add(asContainer(e));
        }
        return out;
    }

    public static Optional<String> targetOf(Pod pod, String ephemeralName) {
        return orEmpty(pod.getSpec().getEphemeralContainers()).stream()
                .filter(e -> e.getName().equals(ephemeralName))
                .map(EphemeralContainer::getTargetContainerName)
                .filter(t -> t != null && !t.isEmpty())
                .findFirst();
    }

    public static List<Container> all(Pod pod) {
        List<Container> out = new ArrayList<>(inits(pod));
        out.addAll(mains(pod));
        out.addAll(ephemerals(pod));
        return out;
    }

    public static Optional<Container> container(Pod pod, String name) {
        return all(pod).stream().filter(c -> c.getName().equals(name)).findFirst();
    }

    public static Optional<ContainerKind> kind(Pod pod, String name) {
        if (mains(pod).stream().anyMatch(c -> c.getName().equals(name))) {
            return Optional.of(ContainerKind.MAIN);
        }
        for (Container init : inits(pod)) {
            if (init.getName().equals(name)) {
                return Optional.of(isSidecar(init) ? ContainerKind.SIDECAR : ContainerKind.INIT);
            }
        }
        return ephemerals(pod).stream().anyMatch(c -> c.getName().equals(name))
                ? Optional.of(ContainerKind.EPHEMERAL)
                : Optional.empty();
    }

    /** Of an init container: whether it restarts always and runs on beside the main containers. */
    public static boolean isSidecar(Container init) {
        return "Always".equals(init.getRestartPolicy());
    }

    public static boolean hostNetwork(Pod pod) {
        return Boolean.TRUE.equals(pod.getSpec().getHostNetwork());
    }

    public static String restartPolicy(Pod pod) {
        String policy = pod.getSpec().getRestartPolicy();
        return policy == null || policy.isEmpty() ? "Always" : policy;
    }

    public static boolean isStatic(Pod pod) {
        String source = annotations(pod).get(CONFIG_SOURCE);
        return source != null && !source.equals("api");
    }

    public static boolean isMirror(Pod pod) {
        return annotations(pod).containsKey(CONFIG_MIRROR);
    }

    public static boolean isDeleted(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() != null;
    }

    public static boolean isFinished(Pod pod) {
        return pod.getStatus() != null
                && ("Succeeded".equals(pod.getStatus().getPhase())
                        || "Failed".equals(pod.getStatus().getPhase()));
    }

    /** System-critical pods and static pods are the last to be evicted, and evict others to get in. */
    public static boolean isCritical(Pod pod) {
        if (isStatic(pod) || isMirror(pod)) {
            return true;
        }
        Integer priority = pod.getSpec().getPriority();
        return priority != null && priority >= 2_000_000_000;
    }

    public static Map<String, String> annotations(Pod pod) {
        Map<String, String> annotations = pod.getMetadata().getAnnotations();
        return annotations == null ? Map.of() : annotations;
    }

    public static Map<String, String> labels(Pod pod) {
        Map<String, String> labels = pod.getMetadata().getLabels();
        return labels == null ? Map.of() : labels;
    }

    public static long terminationGrace(Pod pod) {
        Long grace = pod.getSpec().getTerminationGracePeriodSeconds();
        return grace == null ? 30 : grace;
    }

    public static PodSpec spec(Pod pod) {
        return pod.getSpec();
    }

    public static <T> List<T> orEmpty(List<T> list) {
        return list == null ? List.of() : list;
    }

    public static <K, V> Map<K, V> orEmpty(Map<K, V> map) {
        return map == null ? Map.of() : map;
    }

    private static Container asContainer(EphemeralContainer e) {
        return new ContainerBuilder()
                .withName(e.getName())
                .withImage(e.getImage())
                .withCommand(e.getCommand())
                .withArgs(e.getArgs())
                .withWorkingDir(e.getWorkingDir())
                .withEnv(e.getEnv())
                .withEnvFrom(e.getEnvFrom())
                .withVolumeMounts(e.getVolumeMounts())
                .withVolumeDevices(e.getVolumeDevices())
                .withImagePullPolicy(e.getImagePullPolicy())
                .withSecurityContext(e.getSecurityContext())
                .withStdin(e.getStdin())
                .withStdinOnce(e.getStdinOnce())
                .withTty(e.getTty())
                .withTerminationMessagePath(e.getTerminationMessagePath())
                .withTerminationMessagePolicy(e.getTerminationMessagePolicy())
                .withResources(e.getResources())
                .build();
    }
}
