package io.argosy.scheduler.preemption;

import io.argosy.apimodel.status.ApiException;
import io.argosy.client.events.EventRecorder;
import io.argosy.client.request.ApiClient;
import io.argosy.client.request.DeleteOptions;
import io.argosy.client.request.Patch;
import io.argosy.client.request.RequestException;
import io.argosy.client.request.ResourceClient;
import io.argosy.daemon.clock.Clock;
import io.argosy.scheduler.columns.PodInfo;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes the victims of a preemption, each with the condition that says why. Any thread. */
public final class Evictor {

    private static final Logger LOG = LoggerFactory.getLogger(Evictor.class);

    private final ResourceClient<Pod> pods;
    private final EventRecorder events;
    private final Clock clock;

    public Evictor(ApiClient client, EventRecorder events, Clock clock) {
        this.pods = client.resource(Pod.class);
        this.events = events;
        this.clock = clock;
    }

    /** Deletes the victims; tells whether all of them go. */
    public boolean evict(PodInfo preemptor, String node, List<PodInfo> victims) {
        boolean all = true;
        for (PodInfo victim : victims) {
            all &= victim.terminating() || evict(preemptor, node, victim);
        }
        return all;
    }

    private boolean evict(PodInfo preemptor, String node, PodInfo victim) {
        try {
            pods.patchStatus(victim.key(), Patch.strategic(disruption(preemptor, victim)));
            pods.delete(victim.key(), DeleteOptions.ofUid(victim.uid()));
            events.record(
                    victim.pod(),
                    EventRecorder.Type.NORMAL,
                    "Preempted",
                    "Preempting",
                    "Preempted by pod " + preemptor.uid() + " on node " + node);
            return true;
        } catch (ApiException e) {
            boolean gone = e.is(404) || e.is(409);
            LOG.info("victim not deleted pod={} reason={}", victim, e.message());
            return gone;
        } catch (RequestException e) {
            LOG.warn("victim not deleted pod={} reason={}", victim, e.getMessage());
            return false;
        }
    }

    private Map<String, Object> disruption(PodInfo preemptor, PodInfo victim) {
        Map<String, Object> condition = new LinkedHashMap<>();
        condition.put("type", "DisruptionTarget");
        condition.put("status", "True");
        condition.put("reason", "PreemptionByScheduler");
        condition.put(
                "message",
                preemptor.pod().getSpec().getSchedulerName() + ": preempting to accommodate a higher priority pod");
        condition.put(
                "lastTransitionTime",
                clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        if (victim.pod().getMetadata().getGeneration() != null) {
            condition.put("observedGeneration", victim.pod().getMetadata().getGeneration());
        }
        return Map.of("metadata", Map.of("uid", victim.uid()), "status", Map.of("conditions", List.of(condition)));
    }

    /** Tells a pod that its promised node goes to another. */
    public void withdrawPromise(PodInfo pod) {
        try {
            pods.patchStatus(
                    pod.key(),
                    Patch.merge(
                            "{\"metadata\":{\"uid\":\"" + pod.uid() + "\"},\"status\":{\"nominatedNodeName\":null}}"));
        } catch (ApiException | RequestException e) {
            LOG.info("promise not withdrawn pod={} reason={}", pod, e.getMessage());
        }
    }
}
