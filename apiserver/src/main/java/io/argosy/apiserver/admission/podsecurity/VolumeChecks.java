package io.argosy.apiserver.admission.podsecurity;

import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Which types of volumes pods may name themselves. */
final class VolumeChecks {

    private static final List<String> ALLOWED = List.of(
            "configMap",
            "csi",
            "downwardAPI",
            "emptyDir",
            "ephemeral",
            "image",
            "persistentVolumeClaim",
            "projected",
            "secret");

    private static final List<String> RESTRICTED = List.of(
            "hostPath",
            "gcePersistentDisk",
            "awsElasticBlockStore",
            "gitRepo",
            "nfs",
            "iscsi",
            "glusterfs",
            "rbd",
            "flexVolume",
            "cinder",
            "cephfs",
            "flocker",
            "fc",
            "azureFile",
            "vsphereVolume",
            "quobyte",
            "azureDisk",
            "photonPersistentDisk",
            "portworxVolume",
            "scaleIO",
            "storageos");

    private VolumeChecks() {}

    static Optional<Violation> types(PodView pod) {
        List<String> volumes = new ArrayList<>();
        TreeSet<String> types = new TreeSet<>();
        for (ObjectValue volume : pod.spec().array("volumes").stream()
                .flatMap(ArrayValue::objects)
                .toList()) {
            if (ALLOWED.stream().noneMatch(type -> volume.object(type).isPresent())) {
                volumes.add(PodView.name(volume));
                types.add(RESTRICTED.stream()
                        .filter(type -> volume.object(type).isPresent())
                        .findFirst()
                        .orElse("unknown"));
            }
        }
        return volumes.isEmpty()
                ? Optional.empty()
                : Optional.of(new Violation(
                        "restricted volume types",
                        Words.volumes(volumes) + " " + Words.number("uses", "use", volumes.size()) + " "
                                + Words.number("restricted volume type", "restricted volume types", types.size())
                                + " " + Words.quoted(types)));
    }
}
