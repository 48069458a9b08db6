package io.argosy.apiserver.registry.core;

import io.argosy.apimodel.meta.Names;
import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.registry.check.Spot;
import java.util.Arrays;
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
                source(sources.get(i), volume.at(sources.get(i)));
            }
        }
    }

    private static void source(String kind, Spot source) {
        switch (kind) {
            case "hostPath" -> {
                if (source.at("path").needed()) {
                    noBacksteps(source.at("path"));
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
            case "secret" -> files(source, "secretName");
            case "configMap" -> files(source, "name");
            case "downwardAPI" -> {
                mode(source.at("defaultMode"));
                downward(source);
            }
            case "projected" -> projected(source);
            case "persistentVolumeClaim" -> source.at("claimName").needed();
            case "nfs" -> {
                source.at("server").needed();
                Spot path = source.at("path");
                if (path.needed() && !path.text().startsWith("/")) {
                    path.invalid("must be an absolute path");
                }
            }
            case "csi" -> source.at("driver").needed();
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

    private static void files(Spot source, String name) {
        source.at(name).needed();
        mode(source.at("defaultMode"));
        source.items("items").forEach(VolumeRules::item);
    }

    private static void item(Spot item) {
        item.at("key").needed();
        item.at("path").needed();
        filePath(item.at("path"));
        mode(item.at("mode"));
    }

    private static void downward(Spot source) {
        for (Spot item : source.items("items")) {
            item.at("path").needed();
            filePath(item.at("path"));
            mode(item.at("mode"));
            boolean field = item.at("fieldRef").present();
            boolean resource = item.at("resourceFieldRef").present();
            if (field && resource) {
                item.invalid(Value.of("resource"), "fieldRef and resourceFieldRef can not be specified simultaneously");
            } else if (!field && !resource) {
                item.required("one of fieldRef and resourceFieldRef is required");
            } else if (resource) {
                item.at("resourceFieldRef", "containerName").needed();
                item.at("resourceFieldRef", "resource").needed();
            } else {
                item.at("fieldRef", "fieldPath").needed();
            }
        }
    }

    private static void projected(Spot source) {
        mode(source.at("defaultMode"));
        for (Spot part : source.items("sources")) {
            part.at("secret").items("items").forEach(VolumeRules::item);
            part.at("configMap").items("items").forEach(VolumeRules::item);
            if (part.at("secret").present()) {
                part.at("secret", "name").needed();
            }
            if (part.at("configMap").present()) {
                part.at("configMap", "name").needed();
            }
            downward(part.at("downwardAPI"));
            Spot token = part.at("serviceAccountToken");
            if (token.present()) {
                Spot lifetime = token.at("expirationSeconds");
                if (lifetime.present() && lifetime.number() < 600) {
                    lifetime.invalid("may not specify a duration less than 10 minutes");
                } else if (lifetime.number() > 1L << 32) {
                    lifetime.invalid("may not specify a duration larger than 2^32 seconds");
                }
                token.at("path").needed();
            }
        }
    }

    private static void mode(Spot mode) {
        if (mode.present() && (mode.number() < 0 || mode.number() > 0777)) {
            mode.invalid(MODE);
        }
    }

    /** A relative path without steps back. */
    static void descending(Spot path) {
        if (path.text().startsWith("/")) {
            path.invalid("must be a relative path");
        }
        noBacksteps(path);
    }

    private static void filePath(Spot path) {
        descending(path);
        if (path.text().startsWith("..") && !path.text().startsWith("../")) {
            path.invalid("must not start with '..'");
        }
    }

    private static void noBacksteps(Spot path) {
        if (Arrays.asList(path.text().split("/")).contains("..")) {
            path.invalid("must not contain '..'");
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
            mount.at("mountPropagation").oneOf("Bidirectional", "HostToContainer", "None");
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
