package io.argosy.kubelet.volume;

import java.nio.file.Path;

/** Where things of a pod lie on disk; upstream's places, so that a node may change hands. */
public record PodDirectories(Path root, Path logs) {

    public Path pods() {
        return root.resolve("pods");
    }

    public Path pod(String uid) {
        return pods().resolve(uid);
    }

    public Path volumes(String uid) {
        return pod(uid).resolve("volumes");
    }

    /** @param plugin such as {@code kubernetes.io/empty-dir} */
    public Path volume(String uid, String plugin, String name) {
        return volumes(uid).resolve(plugin.replace('/', '~')).resolve(name);
    }

    public Path container(String uid, String container) {
        return pod(uid).resolve("containers").resolve(container);
    }

    public Path subPath(String uid, String volume, String container, int index) {
        return pod(uid).resolve("volume-subpaths")
                .resolve(volume)
                .resolve(container)
                .resolve(Integer.toString(index));
    }

    public Path hosts(String uid) {
        return pod(uid).resolve("etc-hosts");
    }

    public Path podLogs(String namespace, String name, String uid) {
        return logs.resolve(namespace + "_" + name + "_" + uid);
    }
}
