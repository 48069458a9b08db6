package io.argosy.apiserver.registry.lifecycle;

import io.argosy.apiserver.registry.ResourceRules;
import io.argosy.apiserver.registry.Strategy;
import java.util.Map;

/** The lifecycles of the built-in kinds, and the strategies that follow from them. Kinds with more to say replace theirs. */
public final class BuiltInLifecycles {

    private static final String ADMISSION = "admissionregistration.k8s.io";
    private static final String CERTIFICATES = "certificates.k8s.io";
    private static final String RESOURCE = "resource.k8s.io";
    private static final String STORAGE = "storage.k8s.io";

    private static final Lifecycle PLAIN = Lifecycle.PLAIN;
    private static final Lifecycle STRICT = PLAIN.withoutUnconditionalUpdates();
    private static final Lifecycle WORKLOAD = Lifecycle.COUNTED;

    private final ResourceRules rules;
    private final Map<String, Validation> validations;

    private BuiltInLifecycles(ResourceRules rules, Map<String, Validation> validations) {
        this.rules = rules;
        this.validations = validations;
    }

    /** @param validations by resource and group: {@code deployments.apps}, {@code pods} */
    public static void addTo(ResourceRules rules, Map<String, Validation> validations) {
        BuiltInLifecycles built = new BuiltInLifecycles(rules, validations);
        built.core();
        built.workloads();
        built.networking();
        built.policy();
        built.storage();
        built.devices();
        built.extension();
    }

    private void core() {
        add("", "configmaps", PLAIN);
        add("", "secrets", PLAIN);
        add("", "serviceaccounts", PLAIN);
        add("", "limitranges", PLAIN.creatingOnUpdate());
        add("", "endpoints", PLAIN.creatingOnUpdate());
        add("", "podtemplates", PLAIN.counting("template"));
        add("", "resourcequotas", PLAIN.withStatus());
        add("", "nodes", PLAIN.withStatus());
        rules.strategy("", "nodes", "", new SelfReporting(PLAIN.withStatus(), validation("", "nodes")));
        add("", "persistentvolumes", PLAIN.withStatus());
        add("", "persistentvolumeclaims", PLAIN.withStatus());
        add("", "replicationcontrollers", WORKLOAD.leaving(Strategy.Garbage.ORPHAN_DEPENDENTS));
        add("", "services", PLAIN.withStatus().creatingOnUpdate().named(Strategy.NameRule.DNS_1035_LABEL));
        add("coordination.k8s.io", "leases", STRICT.creatingOnUpdate());
        add("coordination.k8s.io", "leasecandidates", STRICT.creatingOnUpdate());
        add("scheduling.k8s.io", "priorityclasses", PLAIN.counting("value"));
        add("scheduling.k8s.io", "workloads", PLAIN);
        addOnlyStatus("scheduling.k8s.io", "podgroups", PLAIN.withStatus());
        add("node.k8s.io", "runtimeclasses", PLAIN.creatingOnUpdate());
    }

    private void workloads() {
        add("apps", "deployments", WORKLOAD.counting("spec", "metadata.annotations"));
        rules.strategy(
                "apps",
                "deployments",
                "status",
                StatusStrategy.keeping(WORKLOAD, validation("apps", "deployments"), "labels"));
        add("apps", "replicasets", WORKLOAD);
        add("apps", "statefulsets", WORKLOAD.named(Strategy.NameRule.DNS_LABEL));
        add("apps", "daemonsets", WORKLOAD);
        add("apps", "controllerrevisions", PLAIN);
        add("batch", "jobs", WORKLOAD.leaving(Strategy.Garbage.ORPHAN_DEPENDENTS));
        add("batch", "cronjobs", WORKLOAD);
        add("autoscaling", "horizontalpodautoscalers", PLAIN.withStatus());
    }

    private void networking() {
        add("networking.k8s.io", "ingresses", WORKLOAD);
        add("networking.k8s.io", "ingressclasses", PLAIN.counting("spec"));
        add("networking.k8s.io", "networkpolicies", PLAIN.counting("spec"));
        add("networking.k8s.io", "ipaddresses", PLAIN.named(Strategy.NameRule.PATH_SEGMENT));
        addOnlyStatus("networking.k8s.io", "servicecidrs", PLAIN.withStatus());
        add(
                "discovery.k8s.io",
                "endpointslices",
                PLAIN.counting("endpoints", "ports", "addressType", "metadata.labels"));
    }

    private void policy() {
        add("policy", "poddisruptionbudgets", WORKLOAD.withoutUnconditionalUpdates());
        Lifecycle role = PLAIN.creatingOnUpdate().named(Strategy.NameRule.PATH_SEGMENT);
        for (String kind : new String[] {"roles", "rolebindings", "clusterroles", "clusterrolebindings"}) {
            add("rbac.authorization.k8s.io", kind, role);
        }
        addOnlyStatus(
                "flowcontrol.apiserver.k8s.io",
                "flowschemas",
                PLAIN.withStatus().counting("spec"));
        addOnlyStatus(
                "flowcontrol.apiserver.k8s.io",
                "prioritylevelconfigurations",
                PLAIN.withStatus().counting("spec"));
        add(CERTIFICATES, "clustertrustbundles", STRICT.named(Strategy.NameRule.PATH_SEGMENT));
        addOnlyStatus(CERTIFICATES, "podcertificaterequests", STRICT.withStatus());
        add(CERTIFICATES, "certificatesigningrequests", PLAIN.withStatus().named(Strategy.NameRule.PATH_SEGMENT));
    }

    private void storage() {
        add(STORAGE, "storageclasses", PLAIN);
        add(STORAGE, "csidrivers", STRICT.counting("spec"));
        add(STORAGE, "csinodes", STRICT);
        add(STORAGE, "csistoragecapacities", STRICT);
        addOnlyStatus(STORAGE, "volumeattachments", STRICT.withStatus());
        add(STORAGE, "volumeattributesclasses", PLAIN);
        addOnlyStatus("storagemigration.k8s.io", "storageversionmigrations", STRICT.withStatus());
        addOnlyStatus("internal.apiserver.k8s.io", "storageversions", STRICT.withStatus());
    }

    private void devices() {
        addOnlyStatus(RESOURCE, "resourceclaims", PLAIN.withStatus());
        add(RESOURCE, "resourceclaimtemplates", PLAIN);
        add(RESOURCE, "deviceclasses", PLAIN.counting("spec"));
        add(RESOURCE, "resourceslices", PLAIN.counting("spec"));
        addOnlyStatus(RESOURCE, "devicetaintrules", PLAIN.withStatus().counting("spec"));
        addOnlyStatus(RESOURCE, "resourcepoolstatusrequests", STRICT.withStatus());
    }

    private void extension() {
        add(ADMISSION, "mutatingwebhookconfigurations", STRICT.counting("webhooks"));
        add(ADMISSION, "validatingwebhookconfigurations", STRICT.counting("webhooks"));
        addOnlyStatus(
                ADMISSION, "validatingadmissionpolicies", STRICT.withStatus().counting("spec"));
        add(ADMISSION, "validatingadmissionpolicybindings", STRICT.counting("spec"));
        add(ADMISSION, "mutatingadmissionpolicies", STRICT.counting("spec"));
        add(ADMISSION, "mutatingadmissionpolicybindings", STRICT.counting("spec"));
        addOnlyStatus(
                "apiextensions.k8s.io",
                "customresourcedefinitions",
                STRICT.withStatus().counting("spec"));
        addOnlyStatus(
                "apiregistration.k8s.io", "apiservices", STRICT.withStatus().named(Strategy.NameRule.PATH_SEGMENT));
    }

    private Validation validation(String group, String resource) {
        return validations.getOrDefault(group.isEmpty() ? resource : resource + "." + group, Validation.NONE);
    }

    private void add(String group, String resource, Lifecycle lifecycle) {
        Validation validation = validation(group, resource);
        rules.strategy(group, resource, "", new LifecycleStrategy(lifecycle, validation));
        if (lifecycle.status()) {
            rules.strategy(group, resource, "status", StatusStrategy.withMetadata(lifecycle, validation));
        }
    }

    private void addOnlyStatus(String group, String resource, Lifecycle lifecycle) {
        Validation validation = validation(group, resource);
        rules.strategy(group, resource, "", new LifecycleStrategy(lifecycle, validation));
        rules.strategy(group, resource, "status", StatusStrategy.only(lifecycle, validation));
    }
}
