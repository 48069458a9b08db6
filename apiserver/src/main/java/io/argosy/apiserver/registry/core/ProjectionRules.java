package io.argosy.apiserver.registry.core;

import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.registry.check.Spot;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Rules of volumes that several sources fill: no two may fill the same path. */
final class ProjectionRules {

    private static final long SHORTEST_TOKEN = 600;
    private static final long LONGEST_TOKEN = 1L << 32;

    private final Spot volume;
    private final Set<String> paths = new HashSet<>();

    private ProjectionRules(Spot volume) {
        this.volume = volume;
    }

    static void check(Spot volume) {
        VolumeRules.mode(volume.at("defaultMode"));
        ProjectionRules rules = new ProjectionRules(volume);
        volume.items("sources").forEach(rules::source);
    }

    private void source(Spot source) {
        for (String kind : List.of("secret", "configMap")) {
            Spot files = source.at(kind);
            if (files.present()) {
                files.at("name").needed();
            }
            for (Spot item : files.items("items")) {
                VolumeRules.item(item);
                fill(item.text("path"), files.text("name"));
            }
        }
        VolumeRules.downward(source.at("downwardAPI"));
        source.at("downwardAPI").items("items").forEach(item -> fill(item.text("path"), item.text("path")));
        if (source.at("serviceAccountToken").present()) {
            token(source.at("serviceAccountToken"));
        }
    }

    private void token(Spot token) {
        Spot lifetime = token.at("expirationSeconds");
        if (lifetime.present() && lifetime.number() < SHORTEST_TOKEN) {
            lifetime.invalid("may not specify a duration less than 10 minutes");
        } else if (lifetime.number() > LONGEST_TOKEN) {
            lifetime.invalid("may not specify a duration larger than 2^32 seconds");
        }
        Spot path = token.at("path").named(volume.path().child("path"));
        if (path.needed()) {
            VolumeRules.filePath(path);
        }
    }

    private void fill(String path, String told) {
        if (!path.isEmpty() && !paths.add(path)) {
            volume.invalid(Value.of(told), "conflicting duplicate paths");
        }
    }
}
