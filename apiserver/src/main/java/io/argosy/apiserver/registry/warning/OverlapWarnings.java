package io.argosy.apiserver.registry.warning;

import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Warns of files that one volume puts in the same place, or one below the other. */
final class OverlapWarnings {

    private final List<String> warnings;
    private final String volume;
    private final List<File> files = new ArrayList<>();

    /** @param source what brings it, when a volume has several sources */
    private record File(String path, String source) {

        boolean meets(File other) {
            return path.equals(other.path) || path.startsWith(other.path + "/") || other.path.startsWith(path + "/");
        }

        String told() {
            return "\"" + path + "\"" + (source.isEmpty() ? "" : " (" + source + ")");
        }
    }

    private OverlapWarnings(List<String> warnings, String volume) {
        this.warnings = warnings;
        this.volume = volume;
    }

    static void add(List<String> warnings, List<ObjectValue> volumes) {
        for (ObjectValue volume : volumes) {
            new OverlapWarnings(warnings, volume.string("name").orElse("")).look(volume);
        }
    }

    private void look(ObjectValue volume) {
        volume.object("configMap").ifPresent(map -> items(map, "ConfigMap " + quoted(map, "name"), ""));
        volume.object("secret").ifPresent(secret -> items(secret, "Secret " + quoted(secret, "secretName"), ""));
        volume.object("downwardAPI").ifPresent(fields -> items(fields, "DownwardAPI", ""));
        volume.object("projected").ifPresent(this::projected);
    }

    private void projected(ObjectValue projected) {
        for (ObjectValue source :
                projected.array("sources").stream().flatMap(ArrayValue::objects).toList()) {
            Optional<ObjectValue> map = source.object("configMap");
            Optional<ObjectValue> secret = source.object("secret");
            Optional<ObjectValue> fields = source.object("downwardAPI");
            Optional<ObjectValue> token = source.object("serviceAccountToken");
            Optional<ObjectValue> bundle = source.object("clusterTrustBundle");
            if (source.isEmpty()) {
                warnings.add("volume \"" + volume + "\" (Projected) has no sources provided");
            } else if (map.isPresent()) {
                items(map.get(), "Projected", "ConfigMap " + quoted(map.get(), "name"));
            } else if (secret.isPresent()) {
                items(secret.get(), "Projected", "Secret " + quoted(secret.get(), "name"));
            } else if (fields.isPresent()) {
                items(fields.get(), "Projected", "DownwardAPI");
            } else if (token.isPresent()) {
                file("Projected", token.get().string("path").orElse(""), "ServiceAccountToken");
            } else if (bundle.isPresent()) {
                String name = bundle.get().has("name") ? "name" : "signerName";
                file(
                        "Projected",
                        bundle.get().string("path").orElse(""),
                        "ClusterTrustBundle " + quoted(bundle.get(), name));
            }
        }
    }

    private static String quoted(ObjectValue object, String field) {
        return "\"" + object.string(field).orElse("") + "\"";
    }

    private void items(ObjectValue holder, String kind, String source) {
        holder.array("items").stream()
                .flatMap(ArrayValue::objects)
                .forEach(item -> file(kind, item.string("path").orElse(""), source));
    }

    private void file(String kind, String path, String source) {
        String trimmed = path;
        while (trimmed.endsWith("/")) {
            trimmed = trimmed.substring(0, trimmed.length() - 1);
        }
        File file = new File(trimmed, source);
        for (File other : files) {
            if (!file.path().isEmpty() && file.meets(other)) {
                warnings.add("volume \"" + volume + "\" (" + kind + "): overlapping paths: " + file.told() + " with "
                        + other.told());
            }
        }
        files.add(file);
    }
}
