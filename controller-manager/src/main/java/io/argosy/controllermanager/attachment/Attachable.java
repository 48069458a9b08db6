package io.argosy.controllermanager.attachment;

import io.fabric8.kubernetes.api.model.CSIPersistentVolumeSource;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A volume of a driver.
 *
 * @param volume the PersistentVolume's name
 * @param shared whether several nodes may have it at once
 */
record Attachable(String volume, String driver, String handle, boolean shared) {

    static Attachable of(PersistentVolume volume) {
        CSIPersistentVolumeSource source = volume.getSpec().getCsi();
        List<String> modes = volume.getSpec().getAccessModes() == null
                ? List.of()
                : volume.getSpec().getAccessModes();
        boolean shared = modes.contains("ReadWriteMany") || modes.contains("ReadOnlyMany");
        return new Attachable(volume.getMetadata().getName(), source.getDriver(), source.getVolumeHandle(), shared);
    }

    /** By which nodes' status and the kubelet know it. */
    String uniqueName() {
        return "kubernetes.io/csi/" + driver + "^" + handle;
    }

    /** The name of its attachment to a node: the same for all who make it. */
    String attachment(String node) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((handle + driver + node).getBytes(StandardCharsets.UTF_8));
            return "csi-" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
