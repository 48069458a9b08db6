package io.argosy.apiserver.registry.core;

import io.argosy.apimodel.meta.Names;
import io.argosy.apiserver.registry.check.Selectors;
import io.argosy.apiserver.registry.check.Spot;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Rules of volumes and of where containers mount them. */
final class VolumeRules {

    private static final int LONGEST_DRIVER = 63;

    private VolumeRules() {}

    /** Checks the volumes of a pod; the names of those that are right. */
    static Set<String> check(Spot spec, boolean ofPod) {
        Set<String> names = new HashSet<>();
        for (Spot volume : spec.items("volumes")) {
            int before = volume.errorCount();
            source(volume, ofPod);
            Spot name = volume.at("name");
            name.name(Names::dns1123Label);
            if (names.contains(name.text())) {
                name.duplicate();
            }
            if (volume.errorCount() == before) {
                names.add(name.text());
            }
        }
        return names;
    }

    private static void source(Spot volume, boolean ofPod) {
        List<String> sources = volume.object().names().stream()
                .filter(field -> !field.equals("name") && volume.at(field).present())
                .toList();
        if (sources.isEmpty()) {
            volume.required("must specify a volume type");
        }
        for (int i = 0; i < sources.size(); i++) {
            if (i > 0) {
                volume.at(sources.get(i)).forbidden("may not specify more than 1 volume type");
            } else {
                source(sources.get(i), volume.at(sources.get(i)), ofPod);
            }
        }
    }

    private static void source(String kind, Spot source, boolean ofPod) {
        switch (kind) {
            case "hostPath" -> {
                if (source.at("path").needed()) {
                    FileRules.noBacksteps(source.at("path"));
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
            }
            case "secret" -> FileRules.object(source, "secretName");
            case "configMap" -> FileRules.object(source, "name");
            case "downwardAPI" -> FileRules.downward(source);
            case "projected" -> FileRules.projected(source);
            case "persistentVolumeClaim" -> source.at("claimName").needed();
            case "nfs" -> nfs(source);
            case "iscsi" -> iscsi(source);
            case "csi" -> csi(source);
            case "ephemeral" -> ephemeral(source);
            case "image" -> {
                if (ofPod) {
                    source.at("reference").needed();
                }
                source.at("pullPolicy").oneOf("Always", "IfNotPresent", "Never");
            }
            case "emptyDir" -> {
                if (source.at("sizeLimit")
                        .quantity()
                        .map(size -> size.signum() < 0)
                        .orElse(false)) {
                    source.at("sizeLimit").forbidden("SizeLimit field must be a valid resource quantity");
                }
            }
            default -> {}
        }
    }

    private static void nfs(Spot source) {
        source.at("server").needed();
        Spot path = source.at("path");
        path.needed();
        if (!path.text().startsWith("/")) {
            path.invalid("must be an absolute path");
        }
    }

    private static void csi(Spot source) {
        Spot driver = source.at("driver");
        driver.name(Names::dns1123Subdomain);
        if (driver.text().length() > LONGEST_DRIVER) {
            driver.tooLong(LONGEST_DRIVER);
        }
        Spot secret = source.at("nodePublishSecretRef");
        if (secret.present() && secret.at("name").needed()) {
            secret.at("name").named(source.path().child("name")).obeys(Names::dns1123Subdomain);
        }
    }

    private static void iscsi(Spot source) {
        source.at("targetPortal").needed();
        Spot name = source.at("iqn");
        if (name.needed()
                && !name.text().startsWith("iqn")
                && !name.text().startsWith("eui")
                && !name.text().startsWith("naa")) {
            name.invalid("must be valid format starting with iqn, eui, or naa");
        }
        if (source.number("lun") < 0 || source.number("lun") > 255) {
            source.at("lun").invalid("must be between 0 and 255, inclusive");
        }
        if (source.isTrue("chapAuthDiscovery") || source.isTrue("chapAuthSession")) {
            if (!source.at("secretRef").present()) {
                source.at("secretRef").required("");
            }
        }
    }

    private static void ephemeral(Spot source) {
        Spot template = source.at("volumeClaimTemplate");
        if (!template.present()) {
            template.required("");
            return;
        }
        Selectors.labels(template.at("metadata", "labels"));
        ClaimRules.claim(template.at("spec"));
    }

    /** A claim that is made for a volume has a name of the pod's and of the volume's, which must be one. */
    static void checkClaimNames(Spot pod) {
        String owner = pod.at("metadata").text("name");
        for (Spot volume : pod.at("spec").items("volumes")) {
            Spot name = volume.at("name");
            if (volume.at("ephemeral").present() && !owner.isEmpty() && !name.empty()) {
                String claim = owner + "-" + name.text();
                Names.dns1123Subdomain(claim).forEach(why -> name.invalid("PVC name \"" + claim + "\": " + why));
            }
        }
    }

    /** The mounts of a container. */
    static void checkMounts(Spot container, Set<String> volumes) {
        Set<String> paths = new HashSet<>();
        for (Spot mount : container.items("volumeMounts")) {
            mount.at("name").needed();
            if (!volumes.contains(mount.text("name"))) {
                mount.at("name").notFound();
            }
            Spot path = mount.at("mountPath");
            path.needed();
            if (!paths.add(path.text())) {
                path.invalid("must be unique");
            }
            for (String field : List.of("subPath", "subPathExpr")) {
                FileRules.descending(mount.at(field)
                        .named(container.path().child("volumeMounts").child(field)));
            }
            if (!mount.at("subPath").empty() && !mount.at("subPathExpr").empty()) {
                mount.at("subPathExpr").invalid("subPathExpr and subPath are mutually exclusive");
            }
            Spot told = mount.named(container.path().child("volumeMounts"));
            told.at("mountPropagation").word("Bidirectional", "HostToContainer", "None");
            recursiveReadOnly(told);
        }
        for (Spot device : container.items("volumeDevices")) {
            device.at("name").needed();
            if (!volumes.contains(device.text("name"))) {
                device.at("name").notFound();
            }
            device.at("devicePath").needed();
        }
    }

    private static void recursiveReadOnly(Spot mount) {
        Spot mode = mount.at("recursiveReadOnly");
        mode.word("Disabled", "Enabled", "IfPossible");
        if (mode.text().equals("Enabled") || mode.text().equals("IfPossible")) {
            if (!mount.isTrue("readOnly")) {
                mode.forbidden("may only be specified when readOnly is true");
            }
            Spot propagation = mount.at("mountPropagation");
            if (propagation.present() && !propagation.text().equals("None")) {
                mode.forbidden("may only be specified when mountPropagation is None or not specified");
            }
        }
    }
}
