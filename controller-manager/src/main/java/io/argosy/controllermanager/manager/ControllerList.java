package io.argosy.controllermanager.manager;

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
import io.argosy.controllermanager.garbage.GarbageCollector;
import io.argosy.controllermanager.job.JobController;
import io.argosy.controllermanager.loop.Controller;
import io.argosy.controllermanager.loop.ControllerContext;
import io.argosy.controllermanager.namespace.NamespaceController;
import io.argosy.controllermanager.node.NodeIpamController;
import io.argosy.controllermanager.node.NodeLifecycleController;
import io.argosy.controllermanager.node.TaintEvictionController;
import io.argosy.controllermanager.podgc.PodGarbageController;
import io.argosy.controllermanager.replicaset.ReplicaSetController;
import io.argosy.controllermanager.replicationcontroller.ReplicationControllerController;
import io.argosy.controllermanager.resourcequota.ResourceQuotaController;
import io.argosy.controllermanager.serviceaccount.RootCaPublisher;
import io.argosy.controllermanager.serviceaccount.SecretTokenController;
import io.argosy.controllermanager.serviceaccount.ServiceAccountController;
import io.argosy.controllermanager.statefulset.StatefulSetController;
import io.argosy.controllermanager.ttl.NodeTtlController;
import io.argosy.controllermanager.ttlafterfinished.TtlAfterFinishedController;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The list: every controller by its name, and how it is made. Empty where the configuration gives it nothing to do. */
final class ControllerList {

    private ControllerList() {}

    static Map<String, Function<ControllerContext, Optional<Controller>>> of(ManagerConfig config) {
        Map<String, Function<ControllerContext, Optional<Controller>>> list = new LinkedHashMap<>();
        ManagerConfig.Workers workers = config.workers();
        list.put("serviceaccount-controller", c -> Optional.of(new ServiceAccountController(c)));
        list.put(
                "root-ca-certificate-publisher-controller",
                c -> config.rootCertificates().isEmpty()
                        ? Optional.empty()
                        : Optional.of(new RootCaPublisher(c, config.rootCertificates())));
        list.put(
                "serviceaccount-token-controller",
                c -> config.serviceAccountKey().isEmpty()
                        ? Optional.empty()
                        : Optional.of(new SecretTokenController(
                                c,
                                workers.serviceAccountToken(),
                                Path.of(config.serviceAccountKey()),
                                config.rootCertificates())));
        list.put("clusterrole-aggregation-controller", c -> Optional.of(new ClusterRoleAggregation(c)));
        list.put("certificatesigningrequest-approving-controller", c -> Optional.of(new ApprovingController(c)));
        list.put("certificatesigningrequest-cleaner-controller", c -> Optional.of(new CleaningController(c)));
        list.put(
                "certificatesigningrequest-signing-controller",
                c -> config.signing().bySigner().isEmpty()
                        ? Optional.empty()
                        : Optional.of(new SigningController(
                                c, config.signing().files(), config.signing().duration())));
        list.put("bootstrap-signer-controller", c -> Optional.of(new BootstrapSigner(c)));
        list.put("token-cleaner-controller", c -> Optional.of(new TokenCleaner(c)));
        list.put("ttl-controller", c -> Optional.of(new NodeTtlController(c)));
        list.put("deployment-controller", c -> Optional.of(new DeploymentController(c, workers.deployment())));
        list.put("replicaset-controller", c -> Optional.of(new ReplicaSetController(c, workers.replicaSet())));
        list.put(
                "namespace-controller",
                c -> Optional.of(new NamespaceController(c, workers.namespace(), config.namespaceResync())));
        list.put(
                "garbage-collector-controller",
                c -> config.garbageCollector() ? Optional.of(new GarbageCollector(c, workers.gc())) : Optional.empty());
        list.put(
                "endpointslice-controller",
                c -> Optional.of(
                        new EndpointSliceController(c, workers.endpointSlice(), config.maxEndpointsPerSlice())));
        list.put(
                "resourcequota-controller",
                c -> Optional.of(new ResourceQuotaController(c, workers.resourceQuota(), config.quotaResync())));
        list.put("job-controller", c -> Optional.of(new JobController(c, workers.job())));
        ManagerConfig.Nodes nodes = config.nodes();
        list.put(
                "node-lifecycle-controller",
                c -> Optional.of(new NodeLifecycleController(
                        c,
                        new NodeLifecycleController.Settings(
                                nodes.monitorPeriod(),
                                nodes.monitorGrace(),
                                nodes.startupGrace(),
                                nodes.evictionRate(),
                                nodes.secondaryRate(),
                                nodes.largeCluster(),
                                nodes.unhealthyZone()))));
        list.put("taint-eviction-controller", c -> Optional.of(new TaintEvictionController(c)));
        list.put(
                "node-ipam-controller",
                c -> nodes.clusterCidrs().isEmpty()
                        ? Optional.empty()
                        : Optional.of(new NodeIpamController(
                                c, nodes.clusterCidrs(), nodes.serviceCidrs(), nodes.maskV4(), nodes.maskV6())));
        list.put(
                "pod-garbage-collector-controller",
                c -> Optional.of(new PodGarbageController(c, config.terminatedPods())));
        list.put("endpoints-controller", c -> Optional.of(new EndpointsController(c, workers.endpoints())));
        list.put(
                "endpointslice-mirroring-controller",
                c -> Optional.of(new MirroringController(c, workers.mirroring(), config.maxEndpointsPerSlice())));
        list.put("daemonset-controller", c -> Optional.of(new DaemonSetController(c, workers.daemonSet())));
        list.put("statefulset-controller", c -> Optional.of(new StatefulSetController(c, workers.statefulSet())));
        list.put(
                "replicationcontroller-controller",
                c -> Optional.of(new ReplicationControllerController(c, workers.replicationController())));
        list.put("disruption-controller", c -> Optional.of(new DisruptionController(c)));
        list.put(
                "ttl-after-finished-controller",
                c -> Optional.of(new TtlAfterFinishedController(c, workers.ttlAfterFinished())));
        list.put("cronjob-controller", c -> Optional.of(new CronJobController(c, workers.cronJob())));
        return list;
    }
}
