package io.argosy.apiserver.registry.warning;

import io.argosy.apimodel.meta.Names;
import io.argosy.apimodel.status.FieldPath;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.NullValue;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What clients are warned of in pods and in their templates, beside what their containers give reason for. Pure. */
public final class PodWarnings {

    private static final String NULL_SELECTOR = ": a null labelSelector results in matching no pod";
    private static final String SECCOMP = "non-functional in v1.27+; use the \"seccompProfile\" field instead";
    private static final String SECCOMP_OF_POD = "seccomp.security.alpha.kubernetes.io/pod";
    private static final String SECCOMP_OF_CONTAINER = "container.seccomp.security.alpha.kubernetes.io/";
    private static final String APP_ARMOR = "container.apparmor.security.beta.kubernetes.io/";

    private static final Map<String, String> NODE_LABELS = Map.of(
            "beta.kubernetes.io/arch", "deprecated since v1.14; use \"kubernetes.io/arch\" instead",
            "beta.kubernetes.io/os", "deprecated since v1.14; use \"kubernetes.io/os\" instead",
            "failure-domain.beta.kubernetes.io/region",
                    "deprecated since v1.17; use \"topology.kubernetes.io/region\" instead",
            "failure-domain.beta.kubernetes.io/zone",
                    "deprecated since v1.17; use \"topology.kubernetes.io/zone\" instead",
            "beta.kubernetes.io/instance-type",
                    "deprecated since v1.17; use \"node.kubernetes.io/instance-type\" instead",
            "app.kubernetes.io/created-by", "deprecated since v1.9",
            "scheduler.alpha.kubernetes.io/preferAvoidPods",
                    "deprecated since v1.22; use Taints and Tolerations instead",
            "node-role.kubernetes.io/master", "use \"node-role.kubernetes.io/control-plane\" instead");

    private static final Map<String, String> ANNOTATIONS = Map.of(
            "scheduler.alpha.kubernetes.io/critical-pod",
                    "non-functional in v1.16+; use the \"priorityClassName\" field instead",
            "security.alpha.kubernetes.io/sysctls", "non-functional in v1.11+; use the \"sysctls\" field instead",
            "security.alpha.kubernetes.io/unsafe-sysctls",
                    "non-functional in v1.11+; use the \"sysctls\" field instead");

    /** Types of volumes, by field, and the name of the field in the warning. */
    private static final List<List<String>> VOLUMES = List.of(
            List.of("photonPersistentDisk", "photonPersistentDisk", "deprecated in v1.11, non-functional in v1.16+"),
            List.of("gitRepo", "gitRepo", "deprecated in v1.11, and disabled by default in v1.33+"),
            List.of("scaleIO", "scaleIO", "deprecated in v1.16, non-functional in v1.22+"),
            List.of("flocker", "flocker", "deprecated in v1.22, non-functional in v1.25+"),
            List.of("storageos", "storageOS", "deprecated in v1.22, non-functional in v1.25+"),
            List.of("quobyte", "quobyte", "deprecated in v1.22, non-functional in v1.25+"),
            List.of("glusterfs", "glusterfs", "deprecated in v1.25, non-functional in v1.26+"),
            List.of("cephfs", "cephfs", "deprecated in v1.28, non-functional in v1.31+"),
            List.of("rbd", "rbd", "deprecated in v1.28, non-functional in v1.31+"));

    private final List<String> warnings = new ArrayList<>();
    private final FieldPath root;
    private final FieldPath path;
    private final ObjectValue annotations;
    private final ObjectValue spec;

    private PodWarnings(FieldPath root, ObjectValue pod) {
        this.root = root;
        this.path = root.child("spec");
        this.annotations = pod.object("metadata", "annotations").orElseGet(ObjectValue::new);
        this.spec = pod.object("spec").orElseGet(ObjectValue::new);
    }

    /** Of a new pod. Annotations of AppArmor are no matter: they have become fields where they could. */
    public static List<String> ofPod(ObjectValue pod) {
        PodWarnings found = new PodWarnings(FieldPath.ROOT, pod);
        String name = pod.string("metadata", "name").orElse("");
        List<String> wrong = Names.dns1123Label(name);
        if (!name.isEmpty() && !wrong.isEmpty()) {
            found.warnings.add("metadata.name: this is used in the Pod's hostname, which can result in surprising"
                    + " behavior; a DNS label is recommended: [" + String.join(" ", wrong) + "]");
        }
        found.all();
        return found.warnings;
    }

    /** @param root where the template is */
    static List<String> ofTemplate(FieldPath root, ObjectValue template) {
        PodWarnings found = new PodWarnings(root, template);
        found.all();
        found.appArmor();
        return found.warnings;
    }

    private void all() {
        nodes();
        spreading();
        ANNOTATIONS.forEach((name, why) -> {
            if (annotations.has(name)) {
                warn(annotation(name), why);
            }
        });
        volumes();
        repeated("hostAliases", "ip", "duplicate ip");
        repeated("imagePullSecrets", "name", "duplicate name");
        pullSecrets();
        OverlapWarnings.add(warnings, list(spec, "volumes"));
        seccomp();
        ContainerWarnings.add(warnings, path, spec);
        if (spec.integer("terminationGracePeriodSeconds").orElse(0L) < 0) {
            warn(
                    path.child("terminationGracePeriodSeconds"),
                    "must be >= 0; negative values are invalid and will be treated as 1");
        }
        affinity("podAffinity");
        affinity("podAntiAffinity");
    }

    private void warn(FieldPath where, String why) {
        warnings.add(where + ": " + why);
    }

    private FieldPath annotation(String name) {
        return root.child("metadata").child("annotations").key(name);
    }

    private static List<ObjectValue> list(ObjectValue holder, String... names) {
        return holder.array(names).stream().flatMap(ArrayValue::objects).toList();
    }

    private void nodes() {
        spec.object("nodeSelector")
                .ifPresent(selector -> selector.names().forEach(label -> {
                    if (NODE_LABELS.containsKey(label)) {
                        warn(path.child("nodeSelector").key(label), NODE_LABELS.get(label));
                    }
                }));
        FieldPath affinity = path.child("affinity").child("nodeAffinity");
        String required = "requiredDuringSchedulingIgnoredDuringExecution";
        List<ObjectValue> terms = list(spec, "affinity", "nodeAffinity", required, "nodeSelectorTerms");
        for (int i = 0; i < terms.size(); i++) {
            term(affinity.child(required).child("nodeSelectorTerms").index(i), terms.get(i));
        }
        String preferred = "preferredDuringSchedulingIgnoredDuringExecution";
        List<ObjectValue> preferences = list(spec, "affinity", "nodeAffinity", preferred);
        for (int i = 0; i < preferences.size(); i++) {
            FieldPath where = affinity.child(preferred).index(i).child("preference");
            preferences.get(i).object("preference").ifPresent(term -> term(where, term));
        }
    }

    private void term(FieldPath where, ObjectValue term) {
        List<ObjectValue> expressions = list(term, "matchExpressions");
        for (int i = 0; i < expressions.size(); i++) {
            String label = expressions.get(i).string("key").orElse("");
            if (NODE_LABELS.containsKey(label)) {
                warn(where.child("matchExpressions").index(i).child("key"), label + " is " + NODE_LABELS.get(label));
            }
        }
    }

    private void spreading() {
        List<ObjectValue> constraints = list(spec, "topologySpreadConstraints");
        for (int i = 0; i < constraints.size(); i++) {
            FieldPath where = path.child("topologySpreadConstraints").index(i);
            String label = constraints.get(i).string("topologyKey").orElse("");
            if (NODE_LABELS.containsKey(label)) {
                warn(where.child("topologyKey"), label + " is " + NODE_LABELS.get(label));
            }
            if (isNull(constraints.get(i), "labelSelector")) {
                warnings.add(where.child("labelSelector") + NULL_SELECTOR);
            }
        }
    }

    private static boolean isNull(ObjectValue holder, String field) {
        return holder.at(field).filter(value -> !(value instanceof NullValue)).isEmpty();
    }

    private void affinity(String kind) {
        FieldPath where = path.child("affinity").child(kind);
        String required = "requiredDuringSchedulingIgnoredDuringExecution";
        List<ObjectValue> terms = list(spec, "affinity", kind, required);
        for (int i = 0; i < terms.size(); i++) {
            if (isNull(terms.get(i), "labelSelector")) {
                warnings.add(where.child(required).index(i).child("labelSelector") + NULL_SELECTOR);
            }
        }
        String preferred = "preferredDuringSchedulingIgnoredDuringExecution";
        List<ObjectValue> weighted = list(spec, "affinity", kind, preferred);
        for (int i = 0; i < weighted.size(); i++) {
            if (isNull(weighted.get(i).object("podAffinityTerm").orElseGet(ObjectValue::new), "labelSelector")) {
                warnings.add(
                        where.child(preferred).index(i).child("podAffinityTerm").child("labelSelector")
                                + NULL_SELECTOR);
            }
        }
    }

    private void volumes() {
        List<ObjectValue> volumes = list(spec, "volumes");
        for (int i = 0; i < volumes.size(); i++) {
            for (List<String> type : VOLUMES) {
                if (volumes.get(i).object(type.get(0)).isPresent()) {
                    warn(path.child("volumes").index(i).child(type.get(1)), type.get(2));
                }
            }
        }
    }

    private void repeated(String field, String key, String why) {
        Set<String> seen = new HashSet<>();
        List<ObjectValue> items = list(spec, field);
        for (int i = 0; i < items.size(); i++) {
            String value = items.get(i).string(key).orElse("");
            if (!seen.add(value)) {
                warn(path.child(field).index(i).child(key), why + " \"" + value + "\"");
            }
        }
    }

    private void pullSecrets() {
        List<ObjectValue> secrets = list(spec, "imagePullSecrets");
        for (int i = 0; i < secrets.size(); i++) {
            if (secrets.get(i).string("name").orElse("").isEmpty()) {
                warn(path.child("imagePullSecrets").index(i).child("name"), "invalid empty name \"\"");
            }
        }
    }

    private void seccomp() {
        if (spec.object("securityContext", "seccompProfile").isEmpty() && annotations.has(SECCOMP_OF_POD)) {
            warn(annotation(SECCOMP_OF_POD), SECCOMP);
        }
        for (ObjectValue container : ContainerWarnings.containers(spec)) {
            String name = SECCOMP_OF_CONTAINER + container.string("name").orElse("");
            if (container.object("securityContext", "seccompProfile").isEmpty() && annotations.has(name)) {
                warn(annotation(name), SECCOMP);
            }
        }
    }

    private void appArmor() {
        for (ObjectValue container : ContainerWarnings.containers(spec)) {
            String name = APP_ARMOR + container.string("name").orElse("");
            if (container.object("securityContext", "appArmorProfile").isEmpty() && annotations.has(name)) {
                warn(annotation(name), "deprecated since v1.30; use the \"appArmorProfile\" field instead");
            }
        }
    }
}
