package io.argosy.kubelet.host;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder whose mounts other mount namespaces see: volumes that a container mounts below the kubelet's folder must reach
 * the kubelet and other containers (mount propagation, see mount_namespaces(7)).
 */
public final class SharedFolder {

    private static final Logger LOG = LoggerFactory.getLogger(SharedFolder.class);

    private SharedFolder() {}

    /**
     * Makes the folder a shared mount unless it lies on one. What is mounted below it stays visible, and is afterwards
     * mounted once, below the new mount: a mount that stayed hidden beneath could not be unmounted, nor its folder
     * deleted.
     */
    public static void ensure(Path folder) throws IOException {
        Path real = folder.toRealPath();
        Mounts.Carrier carrier = Mounts.carrier(real);
        if (carrier.shared()) {
            return;
        }
        if (!carrier.point().equals(real)) {
            LOG.info("bind-mounting with shared propagation folder={}", real);
            cover(real);
        }
        Linux.mount("", real, "", Linux.MS_SHARED | Linux.MS_REC, "");
    }

    private static void cover(Path folder) throws IOException {
        List<Path> mounted = Mounts.below(folder);
        int former = Linux.openAt(-100, folder.toString(), Linux.O_PATH | Linux.O_DIRECTORY, 0);
        try {
            Linux.mount(folder.toString(), folder, "", Linux.MS_BIND | Linux.MS_REC, "");
            // From here on the former mounts have no other name than this.
            Path beneath = Path.of("/proc/self/fd/" + former);
            for (Path point : mounted) {
                Linux.mount("", beneath.resolve(folder.relativize(point)), "", Linux.MS_PRIVATE, "");
            }
            for (Path point : mounted) {
                Linux.unmount(beneath.resolve(folder.relativize(point)));
            }
        } finally {
            Linux.close(former);
        }
    }
}
