package io.argosy.kubelet.volume;

import io.argosy.kubelet.api.ApiUnavailableException;
import io.argosy.kubelet.api.NodeObjects;
import io.argosy.kubelet.container.FieldReader.NodeFacts;
import io.argosy.kubelet.container.SecurityContexts;
import io.argosy.kubelet.host.Linux;
import io.argosy.kubelet.host.Mounts;
import io.argosy.kubelet.pod.PodView;
import io.fabric8.kubernetes.api.model.EmptyDirVolumeSource;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Makes the volumes of pods ready, keeps their content current, and takes them away. Every call is idempotent: what is
 * there already stays. Calls for one pod come from one thread at a time.
 */
public final class PodVolumes {

    private final PodDirectories directories;
    private final NodeObjects objects;
    private final InstantSource clock;
    private final Tokens tokens;
    private final ObjectFiles files;
    private final NodeFacts node;

    public PodVolumes(
            PodDirectories directories,
            NodeObjects objects,
            NodeFacts node,
            Supplier<Map<String, Quantity>> allocatable,
            InstantSource clock) {
        this.directories = directories;
        this.objects = objects;
        this.clock = clock;
        this.node = node;
        this.tokens = new Tokens(objects, clock);
        this.files = new ObjectFiles(objects, tokens, node, allocatable);
    }

    /** Volume name to the place on disk that containers get to see. Image volumes are the runtime's and not among them. */
    public Map<String, Path> mount(Pod pod) throws VolumeException {
        Map<String, Path> out = new LinkedHashMap<>();
        for (Volume volume : PodView.orEmpty(pod.getSpec().getVolumes())) {
            try {
                place(pod, volume).ifPresent(path -> out.put(volume.getName(), path));
            } catch (VolumeException e) {
                throw new VolumeException(
                        "MountVolume.SetUp failed for volume \"" + volume.getName() + "\" : " + e.getMessage(), e);
            } catch (IOException | ApiUnavailableException e) {
                throw new VolumeException(
                        "MountVolume.SetUp failed for volume \"" + volume.getName() + "\" : " + e.getMessage(), e);
            }
        }
        return out;
    }

    private Optional<Path> place(Pod pod, Volume volume) throws VolumeException, IOException {
        if (volume.getEmptyDir() != null) {
            return Optional.of(emptyDirectory(pod, volume.getName(), volume.getEmptyDir()));
        }
        if (volume.getHostPath() != null) {
            return Optional.of(HostPaths.prepare(volume.getHostPath()));
        }
        if (volume.getConfigMap() != null) {
            return Optional.of(objectVolume(pod, volume, "kubernetes.io/configmap", false));
        }
        if (volume.getSecret() != null) {
            return Optional.of(objectVolume(pod, volume, "kubernetes.io/secret", true));
        }
        if (volume.getDownwardAPI() != null) {
            return Optional.of(objectVolume(pod, volume, "kubernetes.io/downward-api", true));
        }
        if (volume.getProjected() != null) {
            return Optional.of(objectVolume(pod, volume, "kubernetes.io/projected", true));
        }
        if (volume.getImage() != null) {
            return Optional.empty();
        }
        if (volume.getPersistentVolumeClaim() != null) {
            return Optional.of(claimed(pod, volume.getPersistentVolumeClaim().getClaimName()));
        }
        if (volume.getEphemeral() != null) {
            return Optional.of(claimed(pod, pod.getMetadata().getName() + "-" + volume.getName()));
        }
        throw new VolumeException("no volume plugin matched name: " + volume.getName());
    }

    private Path emptyDirectory(Pod pod, String name, EmptyDirVolumeSource source) throws IOException, VolumeException {
        Path path = directories.volume(pod.getMetadata().getUid(), "kubernetes.io/empty-dir", name);
        Files.createDirectories(path);
        String medium = source.getMedium() == null ? "" : source.getMedium();
        switch (medium) {
            case "" -> {}
            case "Memory" -> {
                if (!Mounts.isMountPoint(path)) {
                    Linux.mount("tmpfs", path, "tmpfs", 0, memoryOptions(source, pod));
                }
            }
            default -> throw new VolumeException("emptyDir medium " + medium + " is not offered by this node");
        }
        int mode = (Integer) Files.getAttribute(path, "unix:mode") & 07777;
        if ((mode & 0777) != 0777) {
            Files.setAttribute(path, "unix:mode", 0777);
        }
        Optional<Long> group = SecurityContexts.fsGroup(pod);
        if (group.isPresent() && !Ownership.isGiven(path, group.get())) {
            Ownership.give(path, group.get(), false);
        }
        return path;
    }

    private static String memoryOptions(EmptyDirVolumeSource source, Pod pod) {
        long limit = source.getSizeLimit() == null
                ? 0
                : source.getSizeLimit().getNumericalAmount().longValue();
        long memory = PodMemory.limit(pod);
        long size = limit > 0 && (memory == 0 || limit < memory) ? limit : memory;
        return size > 0 ? "size=" + size : "";
    }

    private Path objectVolume(Pod pod, Volume volume, String plugin, boolean inMemory)
            throws VolumeException, IOException {
        Path path = directories.volume(pod.getMetadata().getUid(), plugin, volume.getName());
        Map<String, FileContent> content = files.of(pod, volume);
        Files.createDirectories(path);
        if (inMemory && !Mounts.isMountPoint(path)) {
            long memory = PodMemory.limit(pod);
            Linux.mount("tmpfs", path, "tmpfs", 0, memory > 0 ? "size=" + memory : "");
        }
        Optional<Long> group = SecurityContexts.fsGroup(pod);
        int mode = group.isPresent() ? 02777 : 0777;
        if (((Integer) Files.getAttribute(path, "unix:mode") & 07777) != mode) {
            if (group.isPresent()) {
                Files.setAttribute(path, "unix:gid", group.get().intValue());
            }
            Files.setAttribute(path, "unix:mode", mode);
        }
        new AtomicDirectory(path, group).write(content, clock.instant());
        return path;
    }

    private Path claimed(Pod pod, String claimName) throws VolumeException, IOException {
        String namespace = pod.getMetadata().getNamespace();
        PersistentVolumeClaim claim = objects.claim(namespace, claimName)
                .orElseThrow(() -> new VolumeException("persistentvolumeclaim \"" + claimName + "\" not found"));
        if (claim.getStatus() == null
                || !"Bound".equals(claim.getStatus().getPhase())
                || claim.getSpec().getVolumeName() == null) {
            throw new VolumeException("PVC " + namespace + "/" + claimName + " is not bound");
        }
        PersistentVolume volume = objects.volume(claim.getSpec().getVolumeName())
                .orElseThrow(() -> new VolumeException(
                        "persistentvolume \"" + claim.getSpec().getVolumeName() + "\" not found"));
        Path path;
        if (volume.getSpec().getHostPath() != null) {
            path = HostPaths.prepare(volume.getSpec().getHostPath());
        } else if (volume.getSpec().getLocal() != null) {
            path = Path.of(volume.getSpec().getLocal().getPath());
            if (!HostPaths.exists(path)) {
                throw new VolumeException("path \"" + path + "\" does not exist");
            }
        } else {
            throw new VolumeException("no volume plugin of this node can mount persistentvolume \""
                    + volume.getMetadata().getName() + "\"");
        }
        Optional<Long> group = SecurityContexts.fsGroup(pod);
        if (group.isPresent() && volume.getSpec().getLocal() != null && !Ownership.isGiven(path, group.get())) {
            Ownership.give(path, group.get(), false);
        }
        return path;
    }

    /** Takes away everything of a pod: mounts, volumes, and at the end its directory. */
    public void unmount(String uid) throws IOException {
        tokens.forget(uid);
        Path pod = directories.pod(uid);
        if (!Files.exists(pod)) {
            return;
        }
        for (Path point : Mounts.below(pod)) {
            Linux.unmount(point);
        }
        if (!Mounts.below(pod).isEmpty()) {
            throw new IOException("still mounted below " + pod);
        }
        Trees.delete(pod);
    }

    /** Uids of pods that have a directory. */
    public Map<String, Path> known() throws IOException {
        Map<String, Path> out = new HashMap<>();
        if (Files.isDirectory(directories.pods())) {
            try (var entries = Files.list(directories.pods())) {
                entries.forEach(p -> out.put(p.getFileName().toString(), p));
            }
        }
        return out;
    }

    public PodDirectories directories() {
        return directories;
    }

    NodeFacts node() {
        return node;
    }
}
