package io.argosy.apiserver.registry.core;

import io.argosy.apimodel.meta.Names;
import io.argosy.apimodel.status.FieldPath;
import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.registry.check.Spot;
import io.argosy.apiserver.registry.volume.DriverNames;
import io.argosy.apiserver.registry.volume.VolumeSourceRules;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Rules of volumes and of where containers mount them. */
final class VolumeRules {

    private static final String MODE = "must be a number between 0 and 0777 (octal), both inclusive";

    private VolumeRules() {}

    /** Checks the volumes of a pod; the names of those that are right. */
    static Set<String> check(Spot spec) {
        Set<String> names = new HashSet<>();
        for (Spot volume : spec.items("volumes")) {
            int before = volume.errorCount();
            source(volume);
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

    private static void source(Spot volume) {
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
                source(sources.get(i), volume.at(sources.get(i)), volume.text("name"));
            }
        }
    }

    private static void source(String kind, Spot source, String volume) {
        switch (kind) {
            case "secret" -> files(source, "secretName");
            case "configMap" -> files(source, "name");
            case "downwardAPI" -> {
                mode(source.at("defaultMode"));
                downward(source);
            }
            case "projected" -> ProjectionRules.check(source);
            case "persistentVolumeClaim" -> source.at("claimName").needed();
            case "csi" -> csi(source);
            case "ephemeral" -> {
                if (source.at("volumeClaimTemplate").needed()) {
                    ClaimRules.template(source.at("volumeClaimTemplate"));
                }
            }
            case "image" -> {
                source.at("reference").needed();
                source.at("pullPolicy").word("Always", "IfNotPresent", "Never");
            }
            case "cinder" -> {
                source.at("volumeID").needed();
                secretName(source.at("secretRef"));
            }
            case "storageos" -> {
                source.at("volumeName").name(Names::dns1123Label);
                source.at("volumeNamespace").obeys(Names::dns1123Label);
                secretName(source.at("secretRef"));
            }
            case "emptyDir" -> {
                if (source.at("sizeLimit")
                        .quantity()
                        .map(size -> size.signum() < 0)
                        .orElse(false)) {
                    source.at("sizeLimit").forbidden("SizeLimit field must be a valid resource quantity");
                }
            }
            default -> VolumeSourceRules.shared(kind, source, volume);
        }
    }

    private static void secretName(Spot secret) {
        if (secret.present()) {
            secret.at("name").needed();
        }
    }

    private static void csi(Spot source) {
        DriverNames.check(source.at("driver"));
        Spot secret = source.at("nodePublishSecretRef");
        if (secret.present()) {
            Spot name = secret.at("name");
            if (name.needed()) {
                name.named(source.path().child("name")).obeys(Names::dns1123Subdomain);
            }
        }
    }

    /** A volume that comes with its pod has a claim named after both. */
    static void claimNames(Spot pod) {
        String name = pod.at("metadata", "name").text();
        for (Spot volume : pod.at("spec").items("volumes")) {
            String claim = name + "-" + volume.text("name");
            if (!name.isEmpty()
                    && !volume.at("name").empty()
                    && volume.at("ephemeral").present()) {
                Names.dns1123Subdomain(claim)
                        .forEach(why -> volume.at("name").invalid("PVC name \"" + claim + "\": " + why));
            }
        }
    }

    private static void files(Spot source, String name) {
        source.at(name).needed();
        mode(source.at("defaultMode"));
        source.items("items").forEach(VolumeRules::item);
    }

    static void item(Spot item) {
        item.at("key").needed();
        item.at("path").needed();
        filePath(item.at("path"));
        mode(item.at("mode"));
    }

    /** Messages name the source, not the item. */
    static void downward(Spot source) {
        for (Spot listed : source.items("items")) {
            Spot item = listed.named(source.path());
            item.at("path").needed();
            filePath(item.at("path"));
            mode(item.at("mode"));
            boolean field = item.at("fieldRef").present();
            boolean resource = item.at("resourceFieldRef").present();
            if (field && resource) {
                item.invalid(Value.of("resource"), "fieldRef and resourceFieldRef can not be specified simultaneously");
            } else if (!field && !resource) {
                item.required("one of fieldRef and resourceFieldRef is required");
            } else {
                EnvRules.file(item);
            }
        }
    }

    static void mode(Spot mode) {
        if (mode.present() && (mode.number() < 0 || mode.number() > 0777)) {
            mode.invalid(MODE);
        }
    }

    /** A relative path without steps back. */
    static void descending(Spot path) {
        if (path.text().startsWith("/")) {
            path.invalid("must be a relative path");
        }
        VolumeSourceRules.backsteps(path);
    }

    static void filePath(Spot path) {
        descending(path);
        if (path.text().startsWith("..") && !path.text().startsWith("../")) {
            path.invalid("must not start with '..'");
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
                descending(mount.at(field)
                        .named(container.path().child("volumeMounts").child(field)));
            }
            if (!mount.at("subPath").empty() && !mount.at("subPathExpr").empty()) {
                mount.at("subPathExpr").invalid("subPathExpr and subPath are mutually exclusive");
            }
            FieldPath mounts = container.path().child("volumeMounts");
            mount.at("mountPropagation")
                    .named(mounts.child("mountPropagation"))
                    .word("Bidirectional", "HostToContainer", "None");
            mount.at("recursiveReadOnly")
                    .named(mounts.child("recursiveReadOnly"))
                    .word("Disabled", "Enabled", "IfPossible");
        }
        for (Spot device : container.items("volumeDevices")) {
            device.at("name").needed();
            if (!volumes.contains(device.text("name"))) {
                device.at("name").notFound();
            }
            device.at("devicePath").needed();
        }
    }
}
