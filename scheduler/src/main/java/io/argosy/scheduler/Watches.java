package io.argosy.scheduler;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.client.informer.Informer;
import io.argosy.client.informer.InformerScope;
import io.argosy.client.informer.ResourceHandler;
import io.argosy.client.informer.SharedInformerFactory;
import io.argosy.scheduler.framework.ClusterEvent;
import io.argosy.scheduler.storage.StorageView;
import io.argosy.scheduler.workloads.WatchedWorkloads;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.Map;
import java.util.Objects;

/** What the scheduler hears of. */
final class Watches {

    private static final String UNFINISHED = "status.phase!=Succeeded,status.phase!=Failed";

    private final Informer<Pod> pods;
    private final Informer<Node> nodes;

    Watches(SharedInformerFactory informers, Scheduler scheduler) {
        nodes = informers.informer(Node.class);
        pods = informers.informer(Pod.class, InformerScope.fields(UNFINISHED));
        nodes.addHandler(new ResourceHandler<>() {
            @Override
            public void added(Node node, boolean initial) {
                scheduler.nodePut(node);
            }

            @Override
            public void updated(Node before, Node after) {
                if (matters(before, after)) {
                    scheduler.nodePut(after);
                }
            }

            @Override
            public void deleted(Node last) {
                scheduler.nodeGone(last);
            }
        });
        informers.informer(Namespace.class).addHandler(new ResourceHandler<>() {
            @Override
            public void added(Namespace namespace, boolean initial) {}

            @Override
            public void updated(Namespace before, Namespace after) {
                if (!Objects.equals(
                        before.getMetadata().getLabels(), after.getMetadata().getLabels())) {
                    scheduler.happenedOutside(new ClusterEvent.NamespaceChanged(
                            after.getMetadata().getName()));
                }
            }

            @Override
            public void deleted(Namespace last) {}
        });
        pods.addHandler(new ResourceHandler<>() {
            @Override
            public void added(Pod pod, boolean initial) {
                scheduler.podPut(pod);
            }

            @Override
            public void updated(Pod before, Pod after) {
                if (!Objects.equals(
                        before.getMetadata().getUid(), after.getMetadata().getUid())) {
                    scheduler.podGone(before);
                }
                scheduler.podPut(after);
            }

            @Override
            public void deleted(Pod last) {
                scheduler.podGone(last);
            }
        });
    }

    /** What plugins look up; call before the informers start. */
    static Plugins.Lookups lookups(SharedInformerFactory informers, StorageView storage) {
        Informer<Namespace> namespaces = informers.informer(Namespace.class);
        Informer<PodDisruptionBudget> budgets = informers.informer(PodDisruptionBudget.class);
        return new Plugins.Lookups(
                name -> namespaces
                        .get(new ObjectKey("", name))
                        .map(namespace -> namespace.getMetadata().getLabels())
                        .orElse(Map.of()),
                new WatchedWorkloads(informers),
                budgets::list,
                storage);
    }

    /** Heartbeats do not. */
    private static boolean matters(Node before, Node after) {
        return !Objects.equals(before.getSpec(), after.getSpec())
                || !Objects.equals(labels(before), labels(after))
                || !Objects.equals(
                        before.getStatus().getAllocatable(), after.getStatus().getAllocatable())
                || !Objects.equals(
                        before.getStatus().getImages(), after.getStatus().getImages());
    }

    private static Map<String, String> labels(Node node) {
        Map<String, String> labels = node.getMetadata().getLabels();
        return labels == null ? Map.of() : labels;
    }

    boolean synced() {
        return pods.hasSynced() && nodes.hasSynced();
    }
}
