package io.argosy.apiserver.registry.storage;

import io.argosy.apimodel.meta.Names;
import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.tree.NullValue;
import io.argosy.apiserver.registry.check.Rules;
import io.argosy.apiserver.registry.check.Spot;
import io.argosy.apiserver.registry.core.PlacementRules;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The rules of persistent volumes, of what nodes know of drivers, and of attachments. */
public final class VolumeObjectRules {

    public static final Rules VOLUMES = Rules.of(volume -> volume(volume.at("spec")))
            .onUpdate((volume, old) -> volume.at("spec", "volumeMode").immutable(old.at("spec", "volumeMode")));

    public static final Rules CSI_NODES = Rules.of(node -> drivers(node.at("spec", "drivers")));

    public static final Rules ATTACHMENTS = Rules.of(attachment -> attachment(attachment.at("spec")))
            .onUpdate((attachment, old) -> attachment.at("spec").immutable(old.at("spec")));

    private static final int LONGEST_NODE_ID = 192;

    private static final List<String> SOURCES = List.of(
            "hostPath",
            "nfs",
            "rbd",
            "cephfs",
            "fc",
            "iscsi",
            "flexVolume",
            "local",
            "csi",
            "gcePersistentDisk",
            "awsElasticBlockStore",
            "glusterfs",
            "flocker",
            "cinder",
            "azureFile",
            "azureDisk",
            "vsphereVolume",
            "quobyte",
            "photonPersistentDisk",
            "portworxVolume",
            "scaleIO",
            "storageos");

    private VolumeObjectRules() {}

    private static void volume(Spot spec) {
        Spot modes = spec.at("accessModes");
        modes.needed();
        for (Spot mode : modes.items()) {
            mode.named(modes.path()).word("ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod");
        }
        if (modes.strings().contains("ReadWriteOncePod") && modes.items().size() > 1) {
            modes.forbidden("may not use ReadWriteOncePod with other access modes");
        }
        capacity(spec.at("capacity"));
        spec.at("persistentVolumeReclaimPolicy").oneOf("Delete", "Recycle", "Retain");
        affinity(spec.at("nodeAffinity"));
        source(spec);
        spec.at("storageClassName").obeys(Names::dns1123Subdomain);
        spec.at("volumeMode").word("Block", "Filesystem");
    }

    private static void capacity(Spot capacity) {
        capacity.needed();
        Spot storage = capacity.key("storage");
        if (!storage.present() || capacity.entries().size() > 1) {
            capacity.add(FieldError.notSupported(
                    capacity.path(), capacity.value().orElse(NullValue.NULL), List.of("storage")));
        }
        for (Spot.Entry entry : capacity.entries()) {
            if (entry.spot().quantity().filter(size -> size.signum() <= 0).isPresent()) {
                entry.spot().invalid("must be greater than zero");
            }
        }
    }

    private static void affinity(Spot affinity) {
        if (!affinity.present()) {
            return;
        }
        Spot required = affinity.at("required");
        if (required.present()) {
            PlacementRules.nodeSelector(required);
            required.items("nodeSelectorTerms").stream()
                    .flatMap(term -> term.items("matchExpressions").stream())
                    .flatMap(expression -> expression.items("values").stream())
                    .forEach(value -> value.given(Names::labelValue));
        } else {
            required.required("must specify required node constraints");
        }
    }

    private static void source(Spot spec) {
        List<String> given =
                SOURCES.stream().filter(name -> spec.at(name).present()).toList();
        if (given.isEmpty()) {
            spec.required("must specify a volume type");
            return;
        }
        for (String more : given.subList(1, given.size())) {
            spec.at(more).forbidden("may not specify more than 1 volume type");
        }
        Spot source = spec.at(given.getFirst());
        switch (given.getFirst()) {
            case "hostPath" -> hostPath(source);
            case "nfs" -> nfs(source);
            case "local" -> local(source, spec.at("nodeAffinity"));
            case "csi" -> csi(source);
            default -> {}
        }
    }

    private static void hostPath(Spot source) {
        if (source.at("path").needed()) {
            backsteps(source.at("path"));
        }
        source.at("type")
                .oneOf(
                        "",
                        "BlockDevice",
                        "CharDevice",
                        "Directory",
                        "DirectoryOrCreate",
                        "File",
                        "FileOrCreate",
                        "Socket");
    }

    private static void backsteps(Spot path) {
        if (List.of(path.text().split("/")).contains("..")) {
            path.invalid("must not contain '..'");
        }
    }

    private static void nfs(Spot source) {
        source.at("server").needed();
        source.at("path").needed();
        if (!source.text("path").startsWith("/")) {
            source.at("path").invalid("must be an absolute path");
        }
    }

    private static void local(Spot source, Spot affinity) {
        if (source.at("path").needed()) {
            backsteps(source.at("path"));
        }
        if (!affinity.present()) {
            affinity.required("Local volume requires node affinity");
        }
    }

    private static void csi(Spot source) {
        source.at("driver").name(Names::dns1123Subdomain);
        source.at("volumeHandle").needed();
        for (String name : List.of(
                "controllerPublishSecretRef",
                "controllerExpandSecretRef",
                "nodePublishSecretRef",
                "nodeExpandSecretRef",
                "nodeStageSecretRef")) {
            Spot secret = source.at(name);
            if (secret.present()) {
                secret.at("name").name(Names::dns1123Subdomain);
                secret.at("namespace").name(Names::dns1123Label);
            }
        }
    }

    private static void drivers(Spot drivers) {
        Set<String> names = new HashSet<>();
        for (Spot driver : drivers.items()) {
            Spot name = driver.at("name");
            name.name(Names::dns1123Subdomain);
            Spot id = driver.at("nodeID");
            id.needed();
            if (id.text().length() > LONGEST_NODE_ID) {
                id.invalid("must be " + LONGEST_NODE_ID + " characters or less");
            }
            driver.at("allocatable", "count").notNegative();
            Set<String> keys = new HashSet<>();
            for (Spot key : driver.items("topologyKeys")) {
                Spot told = key.named(driver.path());
                told.needed();
                told.unique(keys);
                Names.qualifiedName(key.text()).forEach(told::invalid);
            }
            name.unique(names);
        }
    }

    private static void attachment(Spot spec) {
        spec.at("attacher").name(Names::dns1123Subdomain);
        Spot source = spec.at("source");
        Spot volume = source.at("persistentVolumeName");
        boolean inline = source.at("inlineVolumeSpec").present();
        if (!inline && !volume.present()) {
            source.required("must specify exactly one of inlineVolumeSpec and persistentVolumeName");
        } else if (inline && volume.present()) {
            source.forbidden("must specify exactly one of inlineVolumeSpec and persistentVolumeName");
        } else if (volume.present()) {
            if (volume.empty()) {
                volume.required("must specify non empty persistentVolumeName");
            }
            volume.given(Names::dns1123Subdomain);
        }
        Spot node = spec.at("nodeName");
        Names.dns1123Subdomain(node.text()).forEach(node::invalid);
    }
}
