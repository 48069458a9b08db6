package io.argosy.controllermanager.manager;

import io.argosy.daemon.flags.GoDuration;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The configuration as {@code /configz} shows it: KubeControllerManagerConfiguration, whose fields flags fill. */
final class ConfigView {

    static final String SECTION = "kubecontrollermanager.config.k8s.io";

    /** A field a line: its path, and the flag that fills it, or after a colon what it always is. */
    private static final String FIELDS = """
            Generic.Port :0
            Generic.Address :0.0.0.0
            Generic.MinResyncPeriod min-resync-period
            Generic.ClientConnection.kubeconfig kubeconfig
            Generic.ClientConnection.acceptContentTypes :
            Generic.ClientConnection.contentType :application/json
            Generic.ClientConnection.qps kube-api-qps
            Generic.ClientConnection.burst kube-api-burst
            Generic.ControllerStartInterval controller-start-interval
            Generic.LeaderElection.leaderElect leader-elect
            Generic.LeaderElection.leaseDuration leader-elect-lease-duration
            Generic.LeaderElection.renewDeadline leader-elect-renew-deadline
            Generic.LeaderElection.retryPeriod leader-elect-retry-period
            Generic.LeaderElection.resourceLock leader-elect-resource-lock
            Generic.LeaderElection.resourceName leader-elect-resource-name
            Generic.LeaderElection.resourceNamespace leader-elect-resource-namespace
            Generic.Controllers controllers
            Generic.Debugging.enableProfiling profiling
            Generic.Debugging.enableContentionProfiling contention-profiling
            Generic.LeaderMigrationEnabled enable-leader-migration
            KubeCloudShared.CloudProvider.Name cloud-provider
            KubeCloudShared.CloudProvider.CloudConfigFile cloud-config
            KubeCloudShared.ExternalCloudVolumePlugin external-cloud-volume-plugin
            KubeCloudShared.UseServiceAccountCredentials use-service-account-credentials
            KubeCloudShared.AllowUntaggedCloud :false
            KubeCloudShared.RouteReconciliationPeriod route-reconciliation-period
            KubeCloudShared.NodeMonitorPeriod node-monitor-period
            KubeCloudShared.ClusterName cluster-name
            KubeCloudShared.ClusterCIDR cluster-cidr
            KubeCloudShared.AllocateNodeCIDRs allocate-node-cidrs
            KubeCloudShared.CIDRAllocatorType cidr-allocator-type
            KubeCloudShared.ConfigureCloudRoutes configure-cloud-routes
            KubeCloudShared.NodeSyncPeriod :0s
            AttachDetachController.DisableAttachDetachReconcilerSync disable-attach-detach-reconcile-sync
            AttachDetachController.ReconcilerSyncLoopPeriod attach-detach-reconcile-sync-period
            AttachDetachController.disableForceDetachOnTimeout disable-force-detach-on-timeout
            CSRSigningController.ClusterSigningCertFile cluster-signing-cert-file
            CSRSigningController.ClusterSigningKeyFile cluster-signing-key-file
            CSRSigningController.KubeletServingSignerConfiguration.CertFile cluster-signing-kubelet-serving-cert-file
            CSRSigningController.KubeletServingSignerConfiguration.KeyFile cluster-signing-kubelet-serving-key-file
            CSRSigningController.KubeletClientSignerConfiguration.CertFile cluster-signing-kubelet-client-cert-file
            CSRSigningController.KubeletClientSignerConfiguration.KeyFile cluster-signing-kubelet-client-key-file
            CSRSigningController.KubeAPIServerClientSignerConfiguration.CertFile cluster-signing-kube-apiserver-client-cert-file
            CSRSigningController.KubeAPIServerClientSignerConfiguration.KeyFile cluster-signing-kube-apiserver-client-key-file
            CSRSigningController.LegacyUnknownSignerConfiguration.CertFile cluster-signing-legacy-unknown-cert-file
            CSRSigningController.LegacyUnknownSignerConfiguration.KeyFile cluster-signing-legacy-unknown-key-file
            CSRSigningController.ClusterSigningDuration cluster-signing-duration
            DaemonSetController.ConcurrentDaemonSetSyncs concurrent-daemonset-syncs
            DeploymentController.ConcurrentDeploymentSyncs concurrent-deployment-syncs
            StatefulSetController.ConcurrentStatefulSetSyncs concurrent-statefulset-syncs
            EndpointController.ConcurrentEndpointSyncs concurrent-endpoint-syncs
            EndpointController.EndpointUpdatesBatchPeriod endpoint-updates-batch-period
            EndpointSliceController.ConcurrentServiceEndpointSyncs concurrent-service-endpoint-syncs
            EndpointSliceController.MaxEndpointsPerSlice max-endpoints-per-slice
            EndpointSliceController.EndpointUpdatesBatchPeriod endpointslice-updates-batch-period
            EndpointSliceMirroringController.MirroringConcurrentServiceEndpointSyncs mirroring-concurrent-service-endpoint-syncs
            EndpointSliceMirroringController.MirroringMaxEndpointsPerSubset mirroring-max-endpoints-per-subset
            EndpointSliceMirroringController.MirroringEndpointUpdatesBatchPeriod mirroring-endpointslice-updates-batch-period
            EphemeralVolumeController.ConcurrentEphemeralVolumeSyncs concurrent-ephemeralvolume-syncs
            GarbageCollectorController.EnableGarbageCollector enable-garbage-collector
            GarbageCollectorController.ConcurrentGCSyncs concurrent-gc-syncs
            HPAController.ConcurrentHorizontalPodAutoscalerSyncs concurrent-horizontal-pod-autoscaler-syncs
            HPAController.HorizontalPodAutoscalerSyncPeriod horizontal-pod-autoscaler-sync-period
            HPAController.HorizontalPodAutoscalerDownscaleStabilizationWindow horizontal-pod-autoscaler-downscale-stabilization
            HPAController.HorizontalPodAutoscalerTolerance horizontal-pod-autoscaler-tolerance
            HPAController.HorizontalPodAutoscalerCPUInitializationPeriod horizontal-pod-autoscaler-cpu-initialization-period
            HPAController.HorizontalPodAutoscalerInitialReadinessDelay horizontal-pod-autoscaler-initial-readiness-delay
            JobController.ConcurrentJobSyncs concurrent-job-syncs
            CronJobController.ConcurrentCronJobSyncs concurrent-cron-job-syncs
            LegacySATokenCleaner.CleanUpPeriod legacy-service-account-token-clean-up-period
            NamespaceController.NamespaceSyncPeriod namespace-sync-period
            NamespaceController.ConcurrentNamespaceSyncs concurrent-namespace-syncs
            NodeIPAMController.NodeCIDRMaskSize node-cidr-mask-size
            NodeIPAMController.NodeCIDRMaskSizeIPv4 node-cidr-mask-size-ipv4
            NodeIPAMController.NodeCIDRMaskSizeIPv6 node-cidr-mask-size-ipv6
            NodeLifecycleController.NodeEvictionRate node-eviction-rate
            NodeLifecycleController.SecondaryNodeEvictionRate secondary-node-eviction-rate
            NodeLifecycleController.NodeStartupGracePeriod node-startup-grace-period
            NodeLifecycleController.NodeMonitorGracePeriod node-monitor-grace-period
            NodeLifecycleController.PodEvictionTimeout :0s
            NodeLifecycleController.LargeClusterSizeThreshold large-cluster-size-threshold
            NodeLifecycleController.UnhealthyZoneThreshold unhealthy-zone-threshold
            PersistentVolumeBinderController.PVClaimBinderSyncPeriod pvclaimbinder-sync-period
            PersistentVolumeBinderController.VolumeConfiguration.EnableHostPathProvisioning enable-hostpath-provisioner
            PersistentVolumeBinderController.VolumeConfiguration.EnableDynamicProvisioning enable-dynamic-provisioning
            PersistentVolumeBinderController.VolumeConfiguration.FlexVolumePluginDir flex-volume-plugin-dir
            PodGCController.TerminatedPodGCThreshold terminated-pod-gc-threshold
            ReplicaSetController.ConcurrentRSSyncs concurrent-replicaset-syncs
            ReplicationController.ConcurrentRCSyncs concurrent-rc-syncs
            ResourceQuotaController.ResourceQuotaSyncPeriod resource-quota-sync-period
            ResourceQuotaController.ConcurrentResourceQuotaSyncs concurrent-resource-quota-syncs
            SAController.ServiceAccountKeyFile service-account-private-key-file
            SAController.ConcurrentSATokenSyncs concurrent-serviceaccount-token-syncs
            SAController.RootCAFile root-ca-file
            ServiceController.ConcurrentServiceSyncs concurrent-service-syncs
            TTLAfterFinishedController.ConcurrentTTLSyncs concurrent-ttl-after-finished-syncs
            ValidatingAdmissionPolicyStatusController.ConcurrentPolicySyncs concurrent-validating-admission-policy-status-syncs
            DeviceTaintEvictionController.ConcurrentSyncs concurrent-device-taint-eviction-syncs
            ResourceClaimController.ConcurrentSyncs concurrent-resourceclaim-syncs
            """;

    private ConfigView() {}

    /** @param flags every flag's value by its name */
    static Map<String, Object> of(Map<String, Object> flags) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("kind", "KubeControllerManagerConfiguration");
        view.put("apiVersion", SECTION + "/v1alpha1");
        FIELDS.lines().forEach(line -> {
            int space = line.indexOf(' ');
            put(view, List.of(line.substring(0, space).split("\\.")), value(line.substring(space + 1), flags));
        });
        services(view, String.valueOf(flags.get("service-cluster-ip-range")));
        object(view, "GarbageCollectorController")
                .put(
                        "GCIgnoredResources",
                        List.of(
                                Map.of("Group", "events.k8s.io", "Resource", "events"),
                                Map.of("Group", "", "Resource", "events")));
        view.put("DeprecatedController", Map.of());
        return view;
    }

    private static void services(Map<String, Object> view, String ranges) {
        List<String> both = List.of(ranges.split(","));
        Map<String, Object> ipam = object(view, "NodeIPAMController");
        ipam.put("ServiceCIDR", both.getFirst());
        ipam.put("SecondaryServiceCIDR", both.size() > 1 ? both.get(1) : "");
    }

    private static Object value(String source, Map<String, Object> flags) {
        if (source.startsWith(":")) {
            String text = source.substring(1);
            return switch (text) {
                case "0" -> 0;
                case "false" -> false;
                default -> text;
            };
        }
        Object value = Optional.ofNullable(flags.get(source))
                .orElseThrow(() -> new IllegalStateException("no such flag: " + source));
        return value instanceof Duration duration ? GoDuration.format(duration) : value;
    }

    private static void put(Map<String, Object> view, List<String> path, Object value) {
        Map<String, Object> at = view;
        for (String name : path.subList(0, path.size() - 1)) {
            at = object(at, name);
        }
        at.put(path.getLast(), value);
    }

    @SuppressWarnings("unchecked") // only maps are put where paths go on
    private static Map<String, Object> object(Map<String, Object> in, String name) {
        return (Map<String, Object>) in.computeIfAbsent(name, key -> new LinkedHashMap<String, Object>());
    }
}
