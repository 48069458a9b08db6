package io.argosy.scheduler.workloads;

import io.argosy.apimodel.meta.LabelRequirement;
import io.argosy.apimodel.meta.LabelSelector;
import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.client.informer.Informer;
import io.argosy.client.informer.SharedInformerFactory;
import io.argosy.scheduler.columns.PodInfo;
import io.argosy.scheduler.columns.Selectors;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.ReplicationController;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Services and the controllers that own pods, as informers know them. */
public final class WatchedWorkloads implements WorkloadSelectors {

    private final Informer<Service> services;
    private final Informer<ReplicaSet> replicaSets;
    private final Informer<StatefulSet> statefulSets;
    private final Informer<ReplicationController> replicationControllers;

    public WatchedWorkloads(SharedInformerFactory informers) {
        services = informers.informer(Service.class);
        replicaSets = informers.informer(ReplicaSet.class);
        statefulSets = informers.informer(StatefulSet.class);
        replicationControllers = informers.informer(ReplicationController.class);
    }

    @Override
    public LabelSelector of(PodInfo pod) {
        Map<String, String> labels = new HashMap<>();
        for (Service service : services.list(pod.namespace())) {
            Map<String, String> selector = Selectors.orEmpty(service.getSpec().getSelector());
            if (!selector.isEmpty() && pod.shape().labels().entrySet().containsAll(selector.entrySet())) {
                labels.putAll(selector);
            }
        }
        List<LabelRequirement> all = new ArrayList<>();
        Optional<OwnerReference> owner = owner(pod);
        if (owner.isPresent()) {
            ObjectKey key = new ObjectKey(pod.namespace(), owner.get().getName());
            switch (owner.get().getApiVersion() + "/" + owner.get().getKind()) {
                case "apps/v1/ReplicaSet" ->
                    replicaSets
                            .get(key)
                            .ifPresent(set -> all.addAll(
                                    Selectors.of(set.getSpec().getSelector()).requirements()));
                case "apps/v1/StatefulSet" ->
                    statefulSets
                            .get(key)
                            .ifPresent(set -> all.addAll(
                                    Selectors.of(set.getSpec().getSelector()).requirements()));
                case "v1/ReplicationController" ->
                    replicationControllers
                            .get(key)
                            .ifPresent(set -> labels.putAll(
                                    Selectors.orEmpty(set.getSpec().getSelector())));
                default -> {}
            }
        }
        all.addAll(Selectors.requirements(labels));
        return LabelSelector.of(all);
    }

    private static Optional<OwnerReference> owner(PodInfo pod) {
        return Selectors.orEmpty(pod.pod().getMetadata().getOwnerReferences()).stream()
                .filter(owner -> Boolean.TRUE.equals(owner.getController()))
                .findFirst();
    }
}
