package io.argosy.apiserver.registry.storage;

import io.argosy.apimodel.meta.Names;
import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.tree.NullValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.registry.check.Spot;
import io.argosy.apiserver.registry.core.PlacementRules;
import io.argosy.apiserver.registry.volume.VolumeSourceRules;
import java.util.List;
import java.util.Set;

/** The rules of the spec of a volume, be it an object of its own or part of an attachment. */
final class VolumeSpecRules {

    private static final String INLINE = " in the context of inline volumes";
    private static final String[] ACCESS_MODES = {"ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"};

    private VolumeSpecRules() {}

    static void check(Spot volume) {
        Spot spec = volume.at("spec");
        modes(spec.at("accessModes"));
        capacity(spec.at("capacity"));
        spec.at("persistentVolumeReclaimPolicy").oneOf("Delete", "Recycle", "Retain");
        affinity(spec.at("nodeAffinity"));
        VolumeSourceRules.check(spec, volume.at("metadata").text("name"));
        String path = spec.at("hostPath").text("path");
        boolean root = !path.isEmpty() && path.replace("/", "").replace(".", "").isEmpty();
        if (root && spec.text("persistentVolumeReclaimPolicy").equals("Recycle")) {
            spec.at("persistentVolumeReclaimPolicy").forbidden("may not be 'recycle' for a hostPath mount of '/'");
        }
        spec.at("storageClassName").obeys(Names::dns1123Subdomain);
        spec.at("volumeMode").word("Block", "Filesystem");
        attributes(spec);
    }

    static void checkInline(Spot spec) {
        for (String field : List.of("claimRef", "capacity")) {
            if (!spec.at(field).empty()) {
                spec.at(field).forbidden("may not be specified" + INLINE);
            }
        }
        if (!spec.at("csi").present()) {
            spec.at("csi").required("has to be specified" + INLINE);
        }
        modes(spec.at("accessModes"));
        only(spec.at("persistentVolumeReclaimPolicy"), "Retain", "may only be Retain");
        if (spec.at("nodeAffinity").present()) {
            spec.at("nodeAffinity").forbidden("may not be specified" + INLINE);
        }
        VolumeSourceRules.check(spec, "");
        if (!spec.at("storageClassName").empty()) {
            spec.at("storageClassName").forbidden("may not be specified" + INLINE);
        }
        only(spec.at("volumeMode"), "Filesystem", "may not specify volumeMode other than Filesystem");
        attributes(spec);
    }

    private static void only(Spot place, String word, String why) {
        if (!place.empty() && !place.text().equals(word)) {
            place.forbidden(why + INLINE);
        }
    }

    private static void modes(Spot modes) {
        modes.needed();
        for (Spot mode : modes.items()) {
            mode.named(modes.path()).word(ACCESS_MODES);
        }
        List<String> given = modes.strings();
        boolean others = given.stream()
                .anyMatch(mode -> !mode.equals("ReadWriteOncePod")
                        && List.of(ACCESS_MODES).contains(mode));
        if (given.contains("ReadWriteOncePod") && others) {
            modes.forbidden("may not use ReadWriteOncePod with other access modes");
        }
    }

    private static void capacity(Spot capacity) {
        capacity.needed();
        Spot storage = capacity.key("storage");
        if (!storage.present() || capacity.entries().size() > 1) {
            Value shown = capacity.entries().isEmpty() && !capacity.present() ? NullValue.NULL : capacity.object();
            capacity.add(FieldError.notSupported(capacity.path(), shown, List.of("storage")));
        }
        for (Spot.Entry entry : capacity.entries()) {
            entry.spot()
                    .quantity()
                    .filter(size -> size.signum() < 0)
                    .ifPresent(
                            size -> entry.spot().invalid(Value.of(size.value()), "must be a valid resource quantity"));
            entry.spot()
                    .quantity()
                    .filter(size -> size.signum() <= 0)
                    .ifPresent(size -> entry.spot().invalid(Value.of(size.toString()), "must be greater than zero"));
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

    private static void attributes(Spot spec) {
        Spot name = spec.at("volumeAttributesClassName");
        if (!name.present()) {
            return;
        }
        if (name.empty()) {
            name.required("an empty string is disallowed");
        }
        name.obeys(Names::dns1123Subdomain);
        if (!spec.at("csi").present()) {
            spec.at("csi").required("has to be specified when using volumeAttributesClassName");
        }
    }

    /** A volume stays where it is: only secrets that were not named yet may be named. */
    static void checkUpdate(Spot volume, Spot old) {
        Spot spec = volume.at("spec");
        Spot before = old.at("spec");
        if (!source(spec, before).equals(source(before, before))) {
            spec.at("persistentvolumesource").forbidden("spec.persistentvolumesource is immutable after creation");
        }
        spec.at("volumeMode").immutable(before.at("volumeMode"));
        String was = before.text("volumeAttributesClassName");
        if (!was.isEmpty() && spec.at("volumeAttributesClassName").empty()) {
            spec.at("volumeAttributesClassName").forbidden("update from non-nil value to nil is forbidden");
        }
    }

    /** The sources of a volume without the secrets that may still change. */
    private static ObjectValue source(Spot spec, Spot before) {
        ObjectValue sources = new ObjectValue();
        for (String name : VolumeSourceRules.names()) {
            spec.at(name).value().ifPresent(value -> sources.put(name, value.copy()));
        }
        sources.object("csi").ifPresent(csi -> {
            for (String secret : Set.of("controllerExpandSecretRef", "nodeExpandSecretRef")) {
                boolean free = secret.equals("controllerExpandSecretRef")
                        || !before.at("csi", secret).present();
                if (free) {
                    csi.remove(secret);
                }
            }
        });
        return sources;
    }
}
