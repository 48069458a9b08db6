package io.argosy.apiserver.registry.builtin;

import io.argosy.apiserver.registry.admissionregistration.BindingRules;
import io.argosy.apiserver.registry.admissionregistration.PolicyRules;
import io.argosy.apiserver.registry.admissionregistration.WebhookRules;
import io.argosy.apiserver.registry.apiregistration.ApiServiceRules;
import io.argosy.apiserver.registry.apps.WorkloadRules;
import io.argosy.apiserver.registry.autoscaling.AutoscalerRules;
import io.argosy.apiserver.registry.batch.JobRules;
import io.argosy.apiserver.registry.core.ClaimRules;
import io.argosy.apiserver.registry.core.DataRules;
import io.argosy.apiserver.registry.core.LimitRules;
import io.argosy.apiserver.registry.core.PodRules;
import io.argosy.apiserver.registry.core.QuotaRules;
import io.argosy.apiserver.registry.flowcontrol.FlowSchemaRules;
import io.argosy.apiserver.registry.flowcontrol.PriorityLevelRules;
import io.argosy.apiserver.registry.lifecycle.Validation;
import io.argosy.apiserver.registry.networking.EndpointSliceRules;
import io.argosy.apiserver.registry.networking.IngressRules;
import io.argosy.apiserver.registry.networking.NetworkPolicyRules;
import io.argosy.apiserver.registry.node.NodeRules;
import io.argosy.apiserver.registry.policy.ClusterPolicyRules;
import io.argosy.apiserver.registry.rbac.RoleRules;
import io.argosy.apiserver.registry.service.ServiceRules;
import io.argosy.apiserver.registry.storage.StorageRules;
import io.argosy.apiserver.registry.storage.VolumeObjectRules;
import io.argosy.apiserver.registry.warning.Warned;
import java.util.HashMap;
import java.util.Map;

/** The rules of each built-in kind, by resource and group. */
final class Validations {

    private Validations() {}

    static Map<String, Validation> byResource() {
        Map<String, Validation> rules = new HashMap<>();
        rules.put("pods", PodRules.PODS);
        rules.put("pods/ephemeralcontainers", PodRules.EPHEMERAL_CONTAINERS);
        rules.put("pods/resize", PodRules.RESIZE);
        rules.put("podtemplates", PodRules.POD_TEMPLATES);
        rules.put("services", ServiceRules.SERVICES);
        rules.put("configmaps", DataRules.CONFIG_MAPS);
        rules.put("secrets", DataRules.SECRETS);
        rules.put("persistentvolumeclaims", ClaimRules.CLAIMS);
        rules.put("persistentvolumes", VolumeObjectRules.VOLUMES);
        rules.put("csinodes.storage.k8s.io", VolumeObjectRules.CSI_NODES);
        rules.put("volumeattachments.storage.k8s.io", VolumeObjectRules.ATTACHMENTS);
        rules.put("endpointslices.discovery.k8s.io", EndpointSliceRules.SLICES);
        rules.put("servicecidrs.networking.k8s.io", EndpointSliceRules.RANGES);
        rules.put("ipaddresses.networking.k8s.io", EndpointSliceRules.ADDRESSES);
        rules.put("endpoints", ClaimRules.ENDPOINTS);
        rules.put("storageclasses.storage.k8s.io", StorageRules.CLASSES);
        rules.put("csidrivers.storage.k8s.io", StorageRules.DRIVERS);
        rules.put("ingresses.networking.k8s.io", IngressRules.INGRESSES);
        rules.put("ingressclasses.networking.k8s.io", IngressRules.CLASSES);
        rules.put("networkpolicies.networking.k8s.io", NetworkPolicyRules.POLICIES);
        rules.put("poddisruptionbudgets.policy", ClusterPolicyRules.DISRUPTION_BUDGETS);
        rules.put("priorityclasses.scheduling.k8s.io", ClusterPolicyRules.PRIORITY_CLASSES);
        rules.put("leases.coordination.k8s.io", ClusterPolicyRules.LEASES);
        rules.put("runtimeclasses.node.k8s.io", ClusterPolicyRules.RUNTIME_CLASSES);
        rules.put("replicationcontrollers", WorkloadRules.REPLICATION_CONTROLLERS);
        rules.put("deployments.apps", WorkloadRules.DEPLOYMENTS);
        rules.put("replicasets.apps", WorkloadRules.REPLICA_SETS);
        rules.put("daemonsets.apps", WorkloadRules.DAEMON_SETS);
        rules.put("statefulsets.apps", WorkloadRules.STATEFUL_SETS);
        rules.put("controllerrevisions.apps", WorkloadRules.CONTROLLER_REVISIONS);
        rules.put("jobs.batch", JobRules.JOBS);
        rules.put("cronjobs.batch", JobRules.CRON_JOBS);
        rules.put("roles.rbac.authorization.k8s.io", RoleRules.ROLES);
        rules.put("clusterroles.rbac.authorization.k8s.io", RoleRules.CLUSTER_ROLES);
        rules.put("rolebindings.rbac.authorization.k8s.io", RoleRules.ROLE_BINDINGS);
        rules.put("clusterrolebindings.rbac.authorization.k8s.io", RoleRules.CLUSTER_ROLE_BINDINGS);
        rules.put("validatingwebhookconfigurations.admissionregistration.k8s.io", WebhookRules.WEBHOOKS);
        rules.put("mutatingwebhookconfigurations.admissionregistration.k8s.io", WebhookRules.WEBHOOKS);
        rules.put("validatingadmissionpolicies.admissionregistration.k8s.io", PolicyRules.VALIDATING);
        rules.put("mutatingadmissionpolicies.admissionregistration.k8s.io", PolicyRules.MUTATING);
        rules.put("validatingadmissionpolicybindings.admissionregistration.k8s.io", BindingRules.VALIDATING);
        rules.put("mutatingadmissionpolicybindings.admissionregistration.k8s.io", BindingRules.MUTATING);
        rules.put("horizontalpodautoscalers.autoscaling", AutoscalerRules.AUTOSCALERS);
        rules.put("flowschemas.flowcontrol.apiserver.k8s.io", FlowSchemaRules.SCHEMAS);
        rules.put("prioritylevelconfigurations.flowcontrol.apiserver.k8s.io", PriorityLevelRules.LEVELS);
        rules.put("apiservices.apiregistration.k8s.io", ApiServiceRules.API_SERVICES);
        rules.put("nodes", NodeRules.NODES);
        rules.put("limitranges", LimitRules.LIMIT_RANGES);
        rules.put("resourcequotas", QuotaRules.QUOTAS);
        rules.put("csistoragecapacities.storage.k8s.io", StorageRules.CAPACITIES);
        rules.put("volumeattributesclasses.storage.k8s.io", StorageRules.ATTRIBUTES_CLASSES);
        return Warned.of(rules);
    }
}
