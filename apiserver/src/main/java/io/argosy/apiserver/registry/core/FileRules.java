package io.argosy.apiserver.registry.core;

import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.registry.check.Spot;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Rules of the files that a volume is made of: where they are, what is in them, and who may read them. */
final class FileRules {

    private static final String MODE = "must be a number between 0 and 0777 (octal), both inclusive";
    private static final List<String> PARTS = List.of(
            "secret", "configMap", "downwardAPI", "serviceAccountToken", "clusterTrustBundle", "podCertificate");
    private static final long SHORTEST_TOKEN_SECONDS = 600;
    private static final long LONGEST_TOKEN_SECONDS = 1L << 32;

    private FileRules() {}

    /** A volume of the files of one object, which a field names. */
    static void object(Spot source, String name) {
        source.at(name).needed();
        mode(source.at("defaultMode"));
        source.items("items").forEach(FileRules::item);
    }

    static void downward(Spot source) {
        mode(source.at("defaultMode"));
        source.items("items").forEach(item -> downwardItem(item, source));
    }

    private static void item(Spot item) {
        item.at("key").needed();
        item.at("path").needed();
        filePath(item.at("path"));
        mode(item.at("mode"));
    }

    /** Messages do not tell which item is meant. */
    private static void downwardItem(Spot item, Spot source) {
        Spot told = item.named(source.path());
        told.at("path").needed();
        filePath(told.at("path"));
        mode(told.at("mode"));
        boolean field = item.at("fieldRef").present();
        boolean resource = item.at("resourceFieldRef").present();
        if (field) {
            FieldReferences.field(told.at("fieldRef"), FieldReferences.OF_FILES);
            if (resource) {
                told.invalid(Value.of("resource"), "fieldRef and resourceFieldRef can not be specified simultaneously");
            }
        } else if (resource) {
            FieldReferences.resource(told.at("resourceFieldRef"), true);
        } else {
            told.required("one of fieldRef and resourceFieldRef is required");
        }
    }

    /** Many sources in one folder, where no two may have a path in common. */
    static void projected(Spot source) {
        mode(source.at("defaultMode"));
        Set<String> paths = new HashSet<>();
        for (Spot part : source.items("sources")) {
            for (String kind : List.of("secret", "configMap")) {
                Spot object = part.at(kind);
                if (object.present()) {
                    object.at("name").needed();
                }
                for (Spot item : object.items("items")) {
                    item(item);
                    once(source, paths, item.text("path"), object.text("name"));
                }
            }
            Spot downward = part.at("downwardAPI");
            for (Spot item : downward.items("items")) {
                downwardItem(item, downward);
                once(source, paths, item.text("path"), item.text("path"));
            }
            if (part.at("serviceAccountToken").present()) {
                token(part.at("serviceAccountToken"), source);
            }
            if (PARTS.stream().filter(kind -> part.at(kind).present()).count() > 1) {
                part.forbidden("may not specify more than 1 volume type per source");
            }
        }
    }

    private static void once(Spot source, Set<String> paths, String path, String shown) {
        if (!path.isEmpty() && !paths.add(path)) {
            source.invalid(Value.of(shown), "conflicting duplicate paths");
        }
    }

    private static void token(Spot token, Spot source) {
        Spot lifetime = token.at("expirationSeconds");
        if (lifetime.present() && lifetime.number() < SHORTEST_TOKEN_SECONDS) {
            lifetime.invalid("may not specify a duration less than 10 minutes");
        } else if (lifetime.number() > LONGEST_TOKEN_SECONDS) {
            lifetime.invalid("may not specify a duration larger than 2^32 seconds");
        }
        Spot path = token.at("path").named(source.path().child("path"));
        if (path.needed()) {
            filePath(path);
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

    static void noBacksteps(Spot path) {
        if (Arrays.asList(path.text().split("/")).contains("..")) {
            path.invalid("must not contain '..'");
        }
    }
}
