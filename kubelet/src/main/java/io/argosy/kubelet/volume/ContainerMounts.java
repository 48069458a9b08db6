package io.argosy.kubelet.volume;

import io.argosy.kubelet.container.ConfigException;
import io.argosy.kubelet.container.ContainerConfigs;
import io.argosy.kubelet.container.Expansion;
import io.argosy.kubelet.container.HostsFile;
import io.argosy.kubelet.container.PodNames;
import io.argosy.kubelet.cri.v1.ImageSpec;
import io.argosy.kubelet.cri.v1.Mount;
import io.argosy.kubelet.cri.v1.MountPropagation;
import io.argosy.kubelet.host.Linux;
import io.argosy.kubelet.host.Mounts;
import io.argosy.kubelet.host.OpenPath;
import io.argosy.kubelet.pod.PodView;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The mounts of one container: its volumes, {@code /etc/hosts}, and the file for its last words. */
public final class ContainerMounts {

    private final PodDirectories directories;
    private final String clusterDomain;

    public ContainerMounts(PodDirectories directories, String clusterDomain) {
        this.directories = directories;
        this.clusterDomain = clusterDomain;
    }

    /**
     * @param volumes places of the pod's volumes, as {@link PodVolumes#mount} gives them
     * @param images the image volumes, which the runtime mounts itself
     * @param environment for subPathExpr
     */
    public List<Mount> of(
            Pod pod,
            Container container,
            Map<String, Path> volumes,
            Map<String, ImageSpec> images,
            Map<String, String> environment,
            List<String> podIps)
            throws ConfigException, IOException {
        List<Mount> out = new ArrayList<>();
        boolean ownHosts = false;
        List<VolumeMount> wanted = PodView.orEmpty(container.getVolumeMounts());
        for (int i = 0; i < wanted.size(); i++) {
            VolumeMount mount = wanted.get(i);
            ownHosts |= mount.getMountPath().equals("/etc/hosts");
            ImageSpec image = images.get(mount.getName());
            if (image != null) {
                out.add(imageMount(mount, image, subPath(mount, environment)));
                continue;
            }
            Path place = volumes.get(mount.getName());
            if (place == null) {
                throw ConfigException.config("cannot find volume \"" + mount.getName() + "\" to mount into container \""
                        + container.getName() + "\"");
            }
            String subPath = subPath(mount, environment);
            Path source = subPath.isEmpty() ? place : bindSubPath(pod, container, mount, i, place, subPath);
            String target = target(mount);
            out.add(Mount.newBuilder()
                    .setHostPath(source.toString())
                    .setContainerPath(target)
                    .setReadonly(Boolean.TRUE.equals(mount.getReadOnly()))
                    .setPropagation(propagation(mount.getMountPropagation()))
                    .build());
        }
        if (!ownHosts && (!podIps.isEmpty() || PodView.hostNetwork(pod))) {
            out.add(file(writeHosts(pod, podIps), "/etc/hosts"));
        }
        out.add(file(terminationLog(pod, container), ContainerConfigs.terminationPath(container)));
        return out;
    }

    private static String target(VolumeMount mount) {
        return mount.getMountPath().startsWith("/") ? mount.getMountPath() : "/" + mount.getMountPath();
    }

    private static Mount imageMount(VolumeMount mount, ImageSpec image, String subPath) {
        return Mount.newBuilder()
                .setContainerPath(target(mount))
                .setImage(image)
                .setImageSubPath(subPath)
                .setReadonly(true)
                .setPropagation(propagation(mount.getMountPropagation()))
                .build();
    }

    private static Mount file(Path source, String target) {
        return Mount.newBuilder()
                .setHostPath(source.toString())
                .setContainerPath(target)
                .build();
    }

    private static String subPath(VolumeMount mount, Map<String, String> environment) throws ConfigException {
        String path = mount.getSubPath() == null ? "" : mount.getSubPath();
        String expression = mount.getSubPathExpr();
        if (expression != null && !expression.isEmpty()) {
            path = Expansion.expand(expression, environment);
            if (path.indexOf("$(") >= 0) {
                throw ConfigException.config("missing value for \"" + expression + "\"");
            }
        }
        if (path.startsWith("/")) {
            throw ConfigException.config("error SubPath `" + path + "` must not be an absolute path");
        }
        for (String part : path.split("/")) {
            if (part.equals("..")) {
                throw ConfigException.config("unable to provision SubPath `" + path + "`: must not contain '..'");
            }
        }
        return path;
    }

    /**
     * Binds a path below a volume to a place of its own. The volume's users can write there, so each part is opened
     * without following links, and what is bound is what was opened.
     */
    private Path bindSubPath(Pod pod, Container container, VolumeMount mount, int index, Path volume, String subPath)
            throws IOException, ConfigException {
        Path target = directories.subPath(pod.getMetadata().getUid(), mount.getName(), container.getName(), index);
        if (Mounts.isMountPoint(target)) {
            Linux.unmount(target);
        }
        int mode = (Integer) Files.getAttribute(volume, "unix:mode") & 07777;
        // Files of object volumes are links themselves; those are resolved, and must stay inside the volume.
        Path base = volume.toRealPath();
        Path wanted = base.resolve(subPath);
        Path relative = Files.exists(wanted) ? base.relativize(wanted.toRealPath()) : Path.of(subPath);
        if (relative.startsWith("..")) {
            throw ConfigException.config("failed to prepare subPath for volumeMount \"" + mount.getName()
                    + "\" of container \"" + container.getName() + "\"");
        }
        try (OpenPath opened = OpenPath.create(base, relative, mode)) {
            Files.createDirectories(target.getParent());
            if (opened.isDirectory()) {
                Files.createDirectories(target);
            } else if (!Files.exists(target)) {
                Files.createFile(target);
            }
            Linux.mount(opened.magicLink().toString(), target, "none", Linux.MS_BIND, "");
        }
        return target;
    }

    private Path writeHosts(Pod pod, List<String> podIps) throws IOException {
        Path path = directories.hosts(pod.getMetadata().getUid());
        String host = PodView.hostNetwork(pod) ? Files.readString(Path.of("/etc/hosts")) : "";
        String content = HostsFile.content(pod, podIps, PodNames.of(pod, clusterDomain), host);
        Files.createDirectories(path.getParent());
        if (!Files.exists(path) || !Files.readString(path).equals(content)) {
            // Running containers have this very file mounted: it is changed in place.
            Files.writeString(path, content);
        }
        Files.setAttribute(path, "unix:mode", 0644);
        return path;
    }

    private Path terminationLog(Pod pod, Container container) throws IOException {
        Path directory = directories.container(pod.getMetadata().getUid(), container.getName());
        Files.createDirectories(directory);
        Path log = directory.resolve(UUID.randomUUID().toString().substring(0, 8));
        Files.createFile(log);
        // Any user of the container may leave a message.
        Files.setAttribute(log, "unix:mode", 0666);
        return log;
    }

    private static MountPropagation propagation(String mode) {
        return switch (mode == null ? "" : mode) {
            case "HostToContainer" -> MountPropagation.PROPAGATION_HOST_TO_CONTAINER;
            case "Bidirectional" -> MountPropagation.PROPAGATION_BIDIRECTIONAL;
            default -> MountPropagation.PROPAGATION_PRIVATE;
        };
    }
}
