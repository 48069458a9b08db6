package io.argosy.controllermanager.manager;

import java.util.List;
import java.util.Map;

/** The names by which controllers are switched on and off: upstream's. */
final class ControllerNames {

    static final List<String> OFF_BY_DEFAULT =
            List.of("bootstrap-signer-controller", "selinux-warning-controller", "token-cleaner-controller");

    /** Those that this process never has: a cloud's own manager runs them. */
    static final List<String> IN_CLOUD =
            List.of("cloud-node-lifecycle-controller", "node-route-controller", "service-lb-controller");

    /** Those that are not built: {@code *} leaves them out, to name one is an error. */
    static final List<String> MISSING = List.of(
            "device-taint-eviction-controller",
            "kube-apiserver-serving-clustertrustbundle-publisher-controller",
            "podcertificaterequest-cleaner-controller",
            "podgroup-protection-controller",
            "resourceclaim-controller",
            "resourcepoolstatusrequest-controller",
            "selinux-warning-controller",
            "storage-version-migrator-controller",
            "storageversion-garbage-collector-controller",
            "validatingadmissionpolicy-status-controller");

    /** Every name that upstream knows. */
    static final List<String> ALL = List.of(
            "bootstrap-signer-controller",
            "certificatesigningrequest-approving-controller",
            "certificatesigningrequest-cleaner-controller",
            "certificatesigningrequest-signing-controller",
            "cloud-node-lifecycle-controller",
            "clusterrole-aggregation-controller",
            "cronjob-controller",
            "daemonset-controller",
            "deployment-controller",
            "device-taint-eviction-controller",
            "disruption-controller",
            "endpoints-controller",
            "endpointslice-controller",
            "endpointslice-mirroring-controller",
            "ephemeral-volume-controller",
            "garbage-collector-controller",
            "horizontal-pod-autoscaler-controller",
            "job-controller",
            "kube-apiserver-serving-clustertrustbundle-publisher-controller",
            "legacy-serviceaccount-token-cleaner-controller",
            "namespace-controller",
            "node-ipam-controller",
            "node-lifecycle-controller",
            "node-route-controller",
            "persistentvolume-attach-detach-controller",
            "persistentvolume-binder-controller",
            "persistentvolume-expander-controller",
            "persistentvolume-protection-controller",
            "persistentvolumeclaim-protection-controller",
            "pod-garbage-collector-controller",
            "podcertificaterequest-cleaner-controller",
            "podgroup-protection-controller",
            "replicaset-controller",
            "replicationcontroller-controller",
            "resourceclaim-controller",
            "resourcepoolstatusrequest-controller",
            "resourcequota-controller",
            "root-ca-certificate-publisher-controller",
            "selinux-warning-controller",
            "service-cidr-controller",
            "service-lb-controller",
            "serviceaccount-controller",
            "serviceaccount-token-controller",
            "statefulset-controller",
            "storage-version-migrator-controller",
            "storageversion-garbage-collector-controller",
            "taint-eviction-controller",
            "token-cleaner-controller",
            "ttl-after-finished-controller",
            "ttl-controller",
            "validatingadmissionpolicy-status-controller",
            "volumeattributesclass-protection-controller");

    /** Old names that are still taken. */
    static final Map<String, String> ALIASES = Map.ofEntries(
            Map.entry("attachdetach", "persistentvolume-attach-detach-controller"),
            Map.entry("bootstrapsigner", "bootstrap-signer-controller"),
            Map.entry("cloud-node-lifecycle", "cloud-node-lifecycle-controller"),
            Map.entry("clusterrole-aggregation", "clusterrole-aggregation-controller"),
            Map.entry("cronjob", "cronjob-controller"),
            Map.entry("csrapproving", "certificatesigningrequest-approving-controller"),
            Map.entry("csrcleaner", "certificatesigningrequest-cleaner-controller"),
            Map.entry("csrsigning", "certificatesigningrequest-signing-controller"),
            Map.entry("daemonset", "daemonset-controller"),
            Map.entry("deployment", "deployment-controller"),
            Map.entry("disruption", "disruption-controller"),
            Map.entry("endpoint", "endpoints-controller"),
            Map.entry("endpointslice", "endpointslice-controller"),
            Map.entry("endpointslicemirroring", "endpointslice-mirroring-controller"),
            Map.entry("ephemeral-volume", "ephemeral-volume-controller"),
            Map.entry("garbagecollector", "garbage-collector-controller"),
            Map.entry("horizontalpodautoscaling", "horizontal-pod-autoscaler-controller"),
            Map.entry("job", "job-controller"),
            Map.entry("legacy-service-account-token-cleaner", "legacy-serviceaccount-token-cleaner-controller"),
            Map.entry("namespace", "namespace-controller"),
            Map.entry("nodeipam", "node-ipam-controller"),
            Map.entry("nodelifecycle", "node-lifecycle-controller"),
            Map.entry("persistentvolume-binder", "persistentvolume-binder-controller"),
            Map.entry("persistentvolume-expander", "persistentvolume-expander-controller"),
            Map.entry("podgc", "pod-garbage-collector-controller"),
            Map.entry("pv-protection", "persistentvolume-protection-controller"),
            Map.entry("pvc-protection", "persistentvolumeclaim-protection-controller"),
            Map.entry("replicaset", "replicaset-controller"),
            Map.entry("replicationcontroller", "replicationcontroller-controller"),
            Map.entry("resource-claim-controller", "resourceclaim-controller"),
            Map.entry("resourcequota", "resourcequota-controller"),
            Map.entry("root-ca-cert-publisher", "root-ca-certificate-publisher-controller"),
            Map.entry("route", "node-route-controller"),
            Map.entry("service", "service-lb-controller"),
            Map.entry("serviceaccount", "serviceaccount-controller"),
            Map.entry("serviceaccount-token", "serviceaccount-token-controller"),
            Map.entry("statefulset", "statefulset-controller"),
            Map.entry("storage-version-gc", "storageversion-garbage-collector-controller"),
            Map.entry("svm", "storage-version-migrator-controller"),
            Map.entry("tokencleaner", "token-cleaner-controller"),
            Map.entry("ttl", "ttl-controller"),
            Map.entry("ttl-after-finished", "ttl-after-finished-controller"));

    private ControllerNames() {}

    /** Whether a list like {@code *,-foo,bar} switches a controller on. */
    static boolean isEnabled(String name, List<String> list) {
        boolean star = false;
        for (String entry : list) {
            if (canonical(entry).equals(name)) {
                return true;
            }
            if (entry.startsWith("-") && canonical(entry.substring(1)).equals(name)) {
                return false;
            }
            star |= entry.equals("*");
        }
        return star && !OFF_BY_DEFAULT.contains(name);
    }

    /** Which controllers a list switches on by name though they are not built. */
    static List<String> askedButMissing(List<String> list) {
        return list.stream()
                .map(ControllerNames::canonical)
                .filter(MISSING::contains)
                .toList();
    }

    private static String canonical(String name) {
        return ALIASES.getOrDefault(name, name);
    }
}
