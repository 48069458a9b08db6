package io.argosy.scheduler.columns;

import io.argosy.client.request.ResourceType;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodAffinity;
import io.fabric8.kubernetes.api.model.PodAffinityTerm;
import io.fabric8.kubernetes.api.model.PodAntiAffinity;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.WeightedPodAffinityTerm;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads pods into {@link PodInfo}. One owner thread. */
public final class PodReader {

    private final PodRequests exact;
    private final PodRequests scored;

    public PodReader(ResourceIds ids) {
        this.exact = new PodRequests(ids, false);
        this.scored = new PodRequests(ids, true);
    }

    public PodInfo read(Pod pod) {
        PodSpec spec = pod.getSpec();
        long[] forScore = scored.of(pod);
        PodShape shape = new PodShape(
                pod.getMetadata().getNamespace(),
                Selectors.orEmpty(pod.getMetadata().getLabels()),
                terms(pod),
                pod.getMetadata().getDeletionTimestamp() != null);
        return new PodInfo(
                pod,
                ResourceType.keyOf(pod),
                pod.getMetadata().getUid() == null ? "" : pod.getMetadata().getUid(),
                spec.getPriority() == null ? 0 : spec.getPriority(),
                exact.of(pod),
                forScore.length > 0 ? forScore[ResourceIds.CPU] : 0,
                forScore.length > 1 ? forScore[ResourceIds.MEMORY] : 0,
                ports(spec),
                shape);
    }

    private static List<HostPort> ports(PodSpec spec) {
        List<HostPort> ports = new ArrayList<>();
        for (Container container : Selectors.orEmpty(spec.getContainers())) {
            addPorts(container, ports);
        }
        for (Container container : Selectors.orEmpty(spec.getInitContainers())) {
            if ("Always".equals(container.getRestartPolicy())) {
                addPorts(container, ports);
            }
        }
        return ports;
    }

    private static void addPorts(Container container, List<HostPort> ports) {
        for (ContainerPort port : Selectors.orEmpty(container.getPorts())) {
            if (port.getHostPort() != null && port.getHostPort() > 0) {
                ports.add(new HostPort(text(port.getHostIP()), text(port.getProtocol()), port.getHostPort()));
            }
        }
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static AffinityTerms terms(Pod pod) {
        Affinity affinity = pod.getSpec().getAffinity();
        if (affinity == null || (affinity.getPodAffinity() == null && affinity.getPodAntiAffinity() == null)) {
            return AffinityTerms.NONE;
        }
        PodAffinity near = affinity.getPodAffinity() == null ? new PodAffinity() : affinity.getPodAffinity();
        PodAntiAffinity far =
                affinity.getPodAntiAffinity() == null ? new PodAntiAffinity() : affinity.getPodAntiAffinity();
        String namespace = pod.getMetadata().getNamespace();
        return new AffinityTerms(
                required(near.getRequiredDuringSchedulingIgnoredDuringExecution(), namespace),
                required(far.getRequiredDuringSchedulingIgnoredDuringExecution(), namespace),
                preferred(near.getPreferredDuringSchedulingIgnoredDuringExecution(), namespace),
                preferred(far.getPreferredDuringSchedulingIgnoredDuringExecution(), namespace));
    }

    private static List<AffinityTerm> required(@Nullable List<PodAffinityTerm> terms, String namespace) {
        return Selectors.orEmpty(terms).stream()
                .map(term -> term(term, namespace, 0))
                .toList();
    }

    private static List<AffinityTerm> preferred(@Nullable List<WeightedPodAffinityTerm> terms, String namespace) {
        return Selectors.orEmpty(terms).stream()
                .filter(term -> term.getWeight() != null && term.getWeight() != 0)
                .map(term -> term(term.getPodAffinityTerm(), namespace, term.getWeight()))
                .toList();
    }

    private static AffinityTerm term(PodAffinityTerm term, String namespace, int weight) {
        Set<String> namespaces = new HashSet<>(Selectors.orEmpty(term.getNamespaces()));
        if (namespaces.isEmpty() && term.getNamespaceSelector() == null) {
            namespaces.add(namespace);
        }
        return new AffinityTerm(
                namespaces,
                Optional.ofNullable(term.getNamespaceSelector()).map(Selectors::of),
                Selectors.of(term.getLabelSelector()),
                term.getTopologyKey() == null ? "" : term.getTopologyKey(),
                weight);
    }
}
