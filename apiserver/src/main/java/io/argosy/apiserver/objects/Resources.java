package io.argosy.apiserver.objects;

import io.argosy.apimodel.meta.GroupResource;

/** The resources that the apiserver's own code looks at. */
public final class Resources {

    public static final GroupResource NAMESPACES = core("namespaces");
    public static final GroupResource NODES = core("nodes");
    public static final GroupResource PODS = core("pods");
    public static final GroupResource SECRETS = core("secrets");
    public static final GroupResource CONFIG_MAPS = core("configmaps");
    public static final GroupResource SERVICES = core("services");
    public static final GroupResource SERVICE_ACCOUNTS = core("serviceaccounts");
    public static final GroupResource ENDPOINTS = core("endpoints");
    public static final GroupResource LIMIT_RANGES = core("limitranges");
    public static final GroupResource RESOURCE_QUOTAS = core("resourcequotas");
    public static final GroupResource PERSISTENT_VOLUMES = core("persistentvolumes");
    public static final GroupResource PERSISTENT_VOLUME_CLAIMS = core("persistentvolumeclaims");
    public static final GroupResource ENDPOINT_SLICES = new GroupResource("discovery.k8s.io", "endpointslices");
    public static final GroupResource LEASES = new GroupResource("coordination.k8s.io", "leases");
    public static final GroupResource PRIORITY_CLASSES = new GroupResource("scheduling.k8s.io", "priorityclasses");
    public static final GroupResource RUNTIME_CLASSES = new GroupResource("node.k8s.io", "runtimeclasses");
    public static final GroupResource STORAGE_CLASSES = new GroupResource("storage.k8s.io", "storageclasses");
    public static final GroupResource VOLUME_ATTACHMENTS = new GroupResource("storage.k8s.io", "volumeattachments");
    public static final GroupResource CSI_DRIVERS = new GroupResource("storage.k8s.io", "csidrivers");
    public static final GroupResource INGRESS_CLASSES = new GroupResource("networking.k8s.io", "ingressclasses");
    public static final GroupResource SERVICE_CIDRS = new GroupResource("networking.k8s.io", "servicecidrs");
    public static final GroupResource IP_ADDRESSES = new GroupResource("networking.k8s.io", "ipaddresses");
    public static final GroupResource POD_DISRUPTION_BUDGETS = new GroupResource("policy", "poddisruptionbudgets");
    public static final GroupResource RESOURCE_CLAIMS = new GroupResource("resource.k8s.io", "resourceclaims");
    public static final GroupResource RESOURCE_SLICES = new GroupResource("resource.k8s.io", "resourceslices");
    public static final GroupResource ROLES = rbac("roles");
    public static final GroupResource ROLE_BINDINGS = rbac("rolebindings");
    public static final GroupResource CLUSTER_ROLES = rbac("clusterroles");
    public static final GroupResource CLUSTER_ROLE_BINDINGS = rbac("clusterrolebindings");
    public static final GroupResource FLOW_SCHEMAS = new GroupResource("flowcontrol.apiserver.k8s.io", "flowschemas");
    public static final GroupResource PRIORITY_LEVELS =
            new GroupResource("flowcontrol.apiserver.k8s.io", "prioritylevelconfigurations");
    public static final GroupResource CUSTOM_RESOURCE_DEFINITIONS =
            new GroupResource("apiextensions.k8s.io", "customresourcedefinitions");
    public static final GroupResource API_SERVICES = new GroupResource("apiregistration.k8s.io", "apiservices");
    public static final GroupResource SIGNING_REQUESTS =
            new GroupResource("certificates.k8s.io", "certificatesigningrequests");

    private Resources() {}

    private static GroupResource core(String resource) {
        return new GroupResource("", resource);
    }

    private static GroupResource rbac(String resource) {
        return new GroupResource("rbac.authorization.k8s.io", resource);
    }
}
