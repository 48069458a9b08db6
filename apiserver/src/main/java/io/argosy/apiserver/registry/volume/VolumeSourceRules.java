package io.argosy.apiserver.registry.volume;

import com.google.re2j.Pattern;
import io.argosy.apimodel.meta.Names;
import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.registry.check.Spot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** The rules of where a volume is. */
public final class VolumeSourceRules {

    /**
     * @param field of the spec
     * @param told the name that messages have of it
     */
    private record Source(String field, String told, Consumer<Spot> rules) {
        Source(String field, Consumer<Spot> rules) {
            this(field, field, rules);
        }
    }

    /** All sources, in the order in which they are looked at; those needed are fields that must not be empty. */
    private static final List<Source> SOURCES = List.of(
            new Source("hostPath", VolumeSourceRules::hostPath),
            new Source("gcePersistentDisk", "persistentDisk", source -> {
                source.at("pdName").needed();
                partition(source.at("partition"));
            }),
            new Source("awsElasticBlockStore", source -> {
                source.at("volumeID").needed();
                partition(source.at("partition"));
            }),
            new Source("glusterfs", source -> needed(source, "endpoints", "path")),
            new Source("flocker", VolumeSourceRules::flocker),
            new Source("nfs", VolumeSourceRules::nfs),
            new Source("rbd", source -> needed(source, "monitors", "image")),
            new Source("quobyte", VolumeSourceRules::quobyte),
            new Source("cephfs", source -> needed(source, "monitors")),
            new Source("iscsi", VolumeSourceRules::iscsi),
            new Source("cinder", source -> {
                source.at("volumeID").needed();
                secret(source.at("secretRef"));
            }),
            new Source("fc", VolumeSourceRules::fibreChannel),
            new Source("flexVolume", VolumeSourceRules::flex),
            new Source("azureFile", source -> {
                needed(source, "secretName", "shareName");
                if (source.at("secretNamespace").present()) {
                    source.at("secretNamespace").needed();
                }
            }),
            new Source("vsphereVolume", source -> needed(source, "volumePath")),
            new Source("photonPersistentDisk", source -> needed(source, "pdID")),
            new Source("portworxVolume", source -> needed(source, "volumeID")),
            new Source("azureDisk", VolumeSourceRules::azureDisk),
            new Source("scaleIO", source -> needed(source, "gateway", "system", "volumeName")),
            new Source("local", source -> {
                if (source.at("path").needed()) {
                    backsteps(source.at("path"));
                }
            }),
            new Source("storageos", source -> {
                source.at("volumeName").name(Names::dns1123Label);
                source.at("volumeNamespace").obeys(Names::dns1123Label);
                secret(source.at("secretRef"));
            }),
            new Source("csi", VolumeSourceRules::csi));

    private static final Pattern IQN = Pattern.compile("iqn\\.\\d{4}-\\d{2}\\.([[:alnum:]-.]+)(:[^,;*&$|\\s]+)$");
    private static final Pattern EUI = Pattern.compile("^eui.[[:alnum:]]{16}$");
    private static final Pattern NAA = Pattern.compile("^naa.[[:alnum:]]{32}$");
    private static final int LONGEST_ISCSI_NAME = 64;
    private static final int LONGEST_TENANT = 64;

    private VolumeSourceRules() {}

    /** The fields of the sources. */
    public static List<String> names() {
        return SOURCES.stream().map(Source::field).toList();
    }

    /** @param volume the name of the volume, empty when it is part of another object */
    public static void check(Spot spec, String volume) {
        List<String> found = new ArrayList<>();
        for (Source source : SOURCES) {
            Spot place = spec.at(source.field());
            if (!place.present()) {
                continue;
            }
            if (!found.isEmpty() && !source.field().equals("flexVolume")) {
                String told = source.field().equals("cephfs") ? "cephFS" : source.field();
                spec.at(told).forbidden("may not specify more than 1 volume type");
                continue;
            }
            found.add(source.field());
            source.rules().accept(place.named(spec.path().child(source.told())));
            if (source.field().equals("iscsi")) {
                initiator(place, volume);
            }
            if (source.field().equals("local")
                    && !spec.at("nodeAffinity", "required").present()) {
                spec.at("nodeAffinity").required("Local volume requires node affinity");
            }
        }
        if (found.isEmpty()) {
            spec.required("must specify a volume type");
        }
    }

    /** The rules of a source that pods and volumes name alike. */
    public static void shared(String field, Spot source, String volume) {
        for (Source one : SOURCES) {
            if (one.field().equals(field)) {
                one.rules().accept(source);
                if (field.equals("iscsi")) {
                    initiator(source, volume);
                }
            }
        }
    }

    private static void needed(Spot source, String... fields) {
        for (String field : fields) {
            source.at(field).needed();
        }
    }

    private static void partition(Spot partition) {
        if (partition.number() < 0 || partition.number() > 255) {
            partition.invalid("must be between 0 and 255, inclusive");
        }
    }

    private static void hostPath(Spot source) {
        if (!source.at("path").needed()) {
            return;
        }
        backsteps(source.at("path"));
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

    /** A path without steps back. */
    public static void backsteps(Spot path) {
        if (List.of(path.text().split("/")).contains("..")) {
            path.invalid("must not contain '..'");
        }
    }

    private static void flocker(Spot source) {
        Spot name = source.at("datasetName");
        if (name.empty() && source.at("datasetUUID").empty()) {
            source.required("one of datasetName and datasetUUID is required");
        }
        if (!name.empty() && !source.at("datasetUUID").empty()) {
            source.invalid(Value.of("resource"), "datasetName and datasetUUID can not be specified simultaneously");
        }
        if (name.text().contains("/")) {
            name.invalid("must not contain '/'");
        }
    }

    private static void nfs(Spot source) {
        needed(source, "server", "path");
        Spot path = source.at("path");
        if (!path.text().startsWith("/")) {
            path.invalid("must be an absolute path");
        }
    }

    private static void quobyte(Spot source) {
        String form = "must be a host:port pair or multiple pairs separated by commas";
        Spot registry = source.at("registry");
        if (registry.empty()) {
            registry.required(form);
        } else if (source.text("tenant").length() > LONGEST_TENANT) {
            source.at("tenant").required("must be a UUID and may not exceed a length of 64 characters");
        } else {
            for (String pair : registry.text().split(",", -1)) {
                if (pair.indexOf(':') < 0 || pair.indexOf(':') != pair.lastIndexOf(':')) {
                    registry.invalid(form);
                }
            }
        }
        source.at("volume").needed();
    }

    private static void iscsi(Spot source) {
        needed(source, "targetPortal");
        if (source.at("iqn").needed()) {
            qualified(source.at("iqn"));
        }
        partition(source.at("lun"));
        Spot secret = source.at("secretRef");
        if ((source.isTrue("chapAuthDiscovery") || source.isTrue("chapAuthSession")) && !secret.present()) {
            secret.required("");
        }
        if (secret.present()) {
            secret.at("name").needed();
        }
        Spot initiator = source.at("initiatorName");
        if (initiator.present()) {
            qualified(initiator.named(source.path().child("initiatorname")));
        }
    }

    private static void initiator(Spot source, String volume) {
        String whole = volume + ":" + source.text("targetPortal");
        if (source.at("initiatorName").present() && whole.length() > LONGEST_ISCSI_NAME) {
            source.at("targetPortal")
                    .named(source.path().child("targetportal"))
                    .invalid("Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if"
                            + " iscsi.initiatorName is specified.");
        }
    }

    private static void qualified(Spot name) {
        String text = name.text();
        if (!text.startsWith("iqn") && !text.startsWith("eui") && !text.startsWith("naa")) {
            name.invalid("must be valid format starting with iqn, eui, or naa");
            return;
        }
        boolean valid = text.startsWith("iqn")
                ? IQN.matcher(text).find()
                : text.startsWith("eui")
                        ? EUI.matcher(text).find()
                        : NAA.matcher(text).find();
        if (!valid) {
            name.invalid("must be valid format");
        }
    }

    private static void fibreChannel(Spot source) {
        Spot names = source.at("targetWWNs");
        boolean ids = !source.at("wwids").empty();
        if (names.empty() && !ids) {
            names.required("must specify either targetWWNs or wwids, but not both");
        }
        if (!names.empty() && ids) {
            names.invalid("targetWWNs and wwids can not be specified simultaneously");
        }
        if (!names.empty()) {
            if (source.at("lun").present()) {
                source.at("lun").between(0, 255);
            } else {
                source.at("lun").required("lun is required if targetWWNs is specified");
            }
        }
    }

    private static void flex(Spot source) {
        source.at("driver").needed();
        for (Spot.Entry option : source.at("options").entries()) {
            String owner = "." + option.key().split("/", 2)[0].toLowerCase(Locale.ROOT);
            if (option.key().contains("/") && (owner.endsWith(".kubernetes.io") || owner.endsWith(".k8s.io"))) {
                option.spot().invalid(Value.of(option.key()), "kubernetes.io and k8s.io namespaces are reserved");
            }
        }
    }

    private static void azureDisk(Spot source) {
        needed(source, "diskName", "diskURI");
        source.at("cachingMode").word("None", "ReadOnly", "ReadWrite");
        Spot kind = source.at("kind");
        kind.word("Dedicated", "Managed", "Shared");
        Spot place = source.at("diskURI");
        boolean managed = kind.text().equals("Managed");
        if (managed && !place.text().startsWith("/subscriptions/")) {
            unsupported(
                    place,
                    "/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}");
        }
        if (kind.present() && !managed && !place.text().startsWith("https://")) {
            unsupported(place, "https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd");
        }
    }

    private static void unsupported(Spot place, String form) {
        place.add(FieldError.notSupported(place.path(), Value.of(place.text()), List.of(form)));
    }

    private static void csi(Spot source) {
        DriverNames.check(source.at("driver"));
        source.at("volumeHandle").needed();
        for (String name : List.of(
                "controllerPublishSecretRef",
                "controllerExpandSecretRef",
                "nodePublishSecretRef",
                "nodeExpandSecretRef")) {
            Spot secret = source.at(name);
            if (secret.present()) {
                secret.at("name").name(Names::dns1123Subdomain);
                secret.at("namespace").name(Names::dns1123Label);
            }
        }
    }

    private static void secret(Spot secret) {
        if (secret.present()) {
            needed(secret, "name", "namespace");
        }
    }
}
