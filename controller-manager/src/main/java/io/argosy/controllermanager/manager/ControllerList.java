package io.argosy.controllermanager.manager;

import io.argosy.controllermanager.attachment.AttachmentController;
import io.argosy.controllermanager.autoscaler.AutoscalerController;
import io.argosy.controllermanager.bootstrap.BootstrapSigner;
import io.argosy.controllermanager.bootstrap.TokenCleaner;
import io.argosy.controllermanager.certificate.ApprovingController;
import io.argosy.controllermanager.certificate.CleaningController;
import io.argosy.controllermanager.certificate.SigningController;
import io.argosy.controllermanager.clusterrole.ClusterRoleAggregation;
import io.argosy.controllermanager.cronjob.CronJobController;
import io.argosy.controllermanager.daemonset.DaemonSetController;
import io.argosy.controllermanager.deployment.DeploymentController;
import io.argosy.controllermanager.disruption.DisruptionController;
import io.argosy.controllermanager.endpoints.EndpointsController;
import io.argosy.controllermanager.endpointslice.EndpointSliceController;
import io.argosy.controllermanager.endpointslice.MirroringController;
import io.argosy.controllermanager.ephemeralvolume.EphemeralVolumeController;
import io.argosy.controllermanager.garbage.GarbageCollector;
import io.argosy.controllermanager.job.JobController;
import io.argosy.controllermanager.loop.Controller;
import io.argosy.controllermanager.loop.ControllerContext;
import io.argosy.controllermanager.namespace.NamespaceController;
import io.argosy.controllermanager.node.NodeIpamController;
import io.argosy.controllermanager.node.NodeLifecycleController;
import io.argosy.controllermanager.node.TaintEvictionController;
import io.argosy.controllermanager.persistentvolume.BinderController;
import io.argosy.controllermanager.podgc.PodGarbageController;
import io.argosy.controllermanager.replicaset.ReplicaSetController;
import io.argosy.controllermanager.replicationcontroller.ReplicationControllerController;
import io.argosy.controllermanager.resourcequota.ResourceQuotaController;
import io.argosy.controllermanager.serviceaccount.RootCaPublisher;
import io.argosy.controllermanager.serviceaccount.SecretTokenController;
import io.argosy.controllermanager.serviceaccount.ServiceAccountController;
import io.argosy.controllermanager.serviceaccount.UnusedTokenController;
import io.argosy.controllermanager.servicecidr.ServiceCidrController;
import io.argosy.controllermanager.statefulset.StatefulSetController;
import io.argosy.controllermanager.storageprotection.AttributesClassProtection;
import io.argosy.controllermanager.storageprotection.ClaimProtection;
import io.argosy.controllermanager.storageprotection.VolumeProtection;
import io.argosy.controllermanager.ttl.NodeTtlController;
import io.argosy.controllermanager.ttlafterfinished.TtlAfterFinishedController;
import io.argosy.controllermanager.volumeexpansion.ExpansionController;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The list: every controller by its name, and how it is made. Empty where the configuration gives it nothing to do. */
final class ControllerList {

    private ControllerList() {}

    /** Makes a controller; empty where the configuration gives it nothing to do. */
    interface Factory {
        Optional<Controller> make(ControllerContext context, ManagerConfig config);
    }

    /** The names of all that can be made, in the order in which they are. */
    static Set<String> names() {
        return factories().keySet();
    }

    static Map<String, Factory> factories() {
        Map<String, Factory> list = new LinkedHashMap<>();
        workloads(list);
        accounts(list);
        cluster(list);
        storage(list);
        return list;
    }

    private static void workloads(Map<String, Factory> list) {
        list.put(
                "deployment-controller",
                (c, config) ->
                        Optional.of(new DeploymentController(c, config.workers().deployment())));
        list.put(
                "replicaset-controller",
                (c, config) ->
                        Optional.of(new ReplicaSetController(c, config.workers().replicaSet())));
        list.put(
                "job-controller",
                (c, config) -> Optional.of(new JobController(c, config.workers().job())));
        list.put(
                "daemonset-controller",
                (c, config) ->
                        Optional.of(new DaemonSetController(c, config.workers().daemonSet())));
        list.put(
                "statefulset-controller",
                (c, config) -> Optional.of(
                        new StatefulSetController(c, config.workers().statefulSet())));
        list.put(
                "replicationcontroller-controller",
                (c, config) -> Optional.of(
                        new ReplicationControllerController(c, config.workers().replicationController())));
        list.put("disruption-controller", (c, config) -> Optional.of(new DisruptionController(c)));
        list.put(
                "ttl-after-finished-controller",
                (c, config) -> Optional.of(
                        new TtlAfterFinishedController(c, config.workers().ttlAfterFinished())));
        list.put(
                "cronjob-controller",
                (c, config) ->
                        Optional.of(new CronJobController(c, config.workers().cronJob())));
        list.put(
                "horizontal-pod-autoscaler-controller",
                (c, config) -> Optional.of(new AutoscalerController(
                        c,
                        config.workers().autoscaler(),
                        new AutoscalerController.Settings(
                                config.autoscaling().period(),
                                config.autoscaling().stabilization(),
                                config.autoscaling().tolerance(),
                                config.autoscaling().cpuInitialization(),
                                config.autoscaling().initialReadiness()))));
    }

    private static void accounts(Map<String, Factory> list) {
        list.put("serviceaccount-controller", (c, config) -> Optional.of(new ServiceAccountController(c)));
        list.put(
                "root-ca-certificate-publisher-controller",
                (c, config) -> config.rootCertificates().isEmpty()
                        ? Optional.empty()
                        : Optional.of(new RootCaPublisher(c, config.rootCertificates())));
        list.put(
                "serviceaccount-token-controller",
                (c, config) -> config.serviceAccountKey().isEmpty()
                        ? Optional.empty()
                        : Optional.of(new SecretTokenController(
                                c,
                                config.workers().serviceAccountToken(),
                                Path.of(config.serviceAccountKey()),
                                config.rootCertificates())));
        list.put("clusterrole-aggregation-controller", (c, config) -> Optional.of(new ClusterRoleAggregation(c)));
        list.put(
                "certificatesigningrequest-approving-controller",
                (c, config) -> Optional.of(new ApprovingController(c)));
        list.put("certificatesigningrequest-cleaner-controller", (c, config) -> Optional.of(new CleaningController(c)));
        list.put(
                "certificatesigningrequest-signing-controller",
                (c, config) -> config.signing().bySigner().isEmpty()
                        ? Optional.empty()
                        : Optional.of(new SigningController(
                                c, config.signing().files(), config.signing().duration())));
        list.put("bootstrap-signer-controller", (c, config) -> Optional.of(new BootstrapSigner(c)));
        list.put("token-cleaner-controller", (c, config) -> Optional.of(new TokenCleaner(c)));
        list.put(
                "legacy-serviceaccount-token-cleaner-controller",
                (c, config) -> Optional.of(new UnusedTokenController(c, config.unusedTokens())));
    }

    private static void cluster(Map<String, Factory> list) {
        list.put("ttl-controller", (c, config) -> Optional.of(new NodeTtlController(c)));
        list.put(
                "namespace-controller",
                (c, config) -> Optional.of(
                        new NamespaceController(c, config.workers().namespace(), config.namespaceResync())));
        list.put(
                "garbage-collector-controller",
                (c, config) -> config.garbageCollector()
                        ? Optional.of(new GarbageCollector(c, config.workers().gc()))
                        : Optional.empty());
        list.put(
                "endpointslice-controller",
                (c, config) -> Optional.of(new EndpointSliceController(
                        c, config.workers().endpointSlice(), config.maxEndpointsPerSlice())));
        list.put(
                "resourcequota-controller",
                (c, config) -> Optional.of(
                        new ResourceQuotaController(c, config.workers().resourceQuota(), config.quotaResync())));
        list.put(
                "node-lifecycle-controller",
                (c, config) -> Optional.of(new NodeLifecycleController(
                        c,
                        new NodeLifecycleController.Settings(
                                config.nodes().monitorPeriod(),
                                config.nodes().monitorGrace(),
                                config.nodes().startupGrace(),
                                config.nodes().evictionRate(),
                                config.nodes().secondaryRate(),
                                config.nodes().largeCluster(),
                                config.nodes().unhealthyZone()))));
        list.put("taint-eviction-controller", (c, config) -> Optional.of(new TaintEvictionController(c)));
        list.put(
                "node-ipam-controller",
                (c, config) -> config.nodes().clusterCidrs().isEmpty()
                        ? Optional.empty()
                        : Optional.of(new NodeIpamController(
                                c,
                                config.nodes().clusterCidrs(),
                                config.nodes().serviceCidrs(),
                                config.nodes().maskV4(),
                                config.nodes().maskV6())));
        list.put(
                "pod-garbage-collector-controller",
                (c, config) -> Optional.of(new PodGarbageController(c, config.terminatedPods())));
        list.put(
                "endpoints-controller",
                (c, config) ->
                        Optional.of(new EndpointsController(c, config.workers().endpoints())));
        list.put(
                "endpointslice-mirroring-controller",
                (c, config) -> Optional.of(
                        new MirroringController(c, config.workers().mirroring(), config.mirroredPerSubset())));
        list.put("service-cidr-controller", (c, config) -> Optional.of(new ServiceCidrController(c)));
    }

    private static void storage(Map<String, Factory> list) {
        list.put(
                "persistentvolume-binder-controller",
                (c, config) -> Optional.of(new BinderController(
                        c,
                        new BinderController.Settings(
                                config.storage().binderPeriod(),
                                config.storage().provisioning(),
                                config.storage().hostPaths()))));
        list.put("persistentvolumeclaim-protection-controller", (c, config) -> Optional.of(new ClaimProtection(c)));
        list.put("persistentvolume-protection-controller", (c, config) -> Optional.of(new VolumeProtection(c)));
        list.put(
                "volumeattributesclass-protection-controller",
                (c, config) -> Optional.of(new AttributesClassProtection(c)));
        list.put(
                "ephemeral-volume-controller",
                (c, config) -> Optional.of(
                        new EphemeralVolumeController(c, config.workers().ephemeralVolume())));
        list.put("persistentvolume-expander-controller", (c, config) -> Optional.of(new ExpansionController(c)));
        list.put("persistentvolume-attach-detach-controller", (c, config) -> Optional.of(new AttachmentController(c)));
    }
}
