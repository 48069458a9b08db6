package io.argosy.scheduler.binding;

import io.argosy.apimodel.status.ApiException;
import io.argosy.client.events.EventRecorder;
import io.argosy.client.request.ApiClient;
import io.argosy.client.request.Patch;
import io.argosy.client.request.RequestException;
import io.argosy.client.request.ResourceClient;
import io.argosy.client.workqueue.WorkQueue;
import io.argosy.daemon.clock.Clock;
import io.argosy.daemon.lifecycle.TaskScope;
import io.argosy.scheduler.columns.PodInfo;
import io.argosy.scheduler.columns.Selectors;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.NullNode;

/**
 * Tells pods why they have no node: the condition PodScheduled, the promised node, and an event. A few workers write,
 * one at a time for each pod and only the newest news. Any thread.
 */
public final class FailureReports implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FailureReports.class);
    private static final int WORKERS = 4;
    private static final int LONGEST_NOTE = 1024;

    private final ResourceClient<Pod> pods;
    private final EventRecorder events;
    private final Clock clock;
    private final WorkQueue<String> queue;
    private final Map<String, News> news = new ConcurrentHashMap<>();
    private final TaskScope tasks = new TaskScope("reports");

    private record News(PodInfo pod, Failure failure) {}

    public FailureReports(ApiClient client, EventRecorder events, Clock clock) {
        this.pods = client.resource(Pod.class);
        this.events = events;
        this.clock = clock;
        this.queue = new WorkQueue<>(clock);
        for (int i = 0; i < WORKERS; i++) {
            tasks.fork("write", this::run);
        }
    }

    public void report(PodInfo pod, Failure failure) {
        events.record(pod.pod(), EventRecorder.Type.WARNING, "FailedScheduling", "Scheduling", note(failure.message()));
        news.put(pod.uid(), new News(pod, failure));
        queue.add(pod.uid());
    }

    private static String note(String message) {
        String end = " ...";
        return message.length() <= LONGEST_NOTE ? message : message.substring(0, LONGEST_NOTE - end.length()) + end;
    }

    private void run() throws InterruptedException {
        while (true) {
            Optional<String> uid = queue.take();
            if (uid.isEmpty()) {
                return;
            }
            try {
                News next = news.remove(uid.get());
                if (next != null) {
                    write(next);
                }
            } finally {
                queue.done(uid.get());
            }
        }
    }

    private void write(News next) {
        Optional<Map<String, Object>> status = status(next.pod().pod(), next.failure());
        if (status.isEmpty()) {
            return;
        }
        Map<String, Object> patch = new LinkedHashMap<>();
        patch.put("metadata", Map.of("uid", next.pod().uid()));
        patch.put("status", status.get());
        try {
            pods.patchStatus(next.pod().key(), Patch.strategic(patch));
        } catch (ApiException e) {
            LOG.debug("pod status not written pod={} reason={}", next.pod(), e.message());
        } catch (RequestException e) {
            LOG.warn("pod status not written pod={} reason={}", next.pod(), e.getMessage());
        }
    }

    /** The change of the status; empty when it says so already. */
    private Optional<Map<String, Object>> status(Pod pod, Failure failure) {
        Map<String, Object> status = new LinkedHashMap<>();
        Optional<PodCondition> known = condition(pod);
        boolean same = known.isPresent()
                && "False".equals(known.get().getStatus())
                && failure.reason().equals(known.get().getReason())
                && failure.message().equals(known.get().getMessage());
        if (!same) {
            String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
            boolean turned = known.isEmpty() || !"False".equals(known.get().getStatus());
            Map<String, Object> condition = new LinkedHashMap<>();
            condition.put("type", "PodScheduled");
            condition.put("status", "False");
            condition.put("reason", failure.reason());
            condition.put("message", failure.message());
            condition.put(
                    "lastTransitionTime",
                    turned ? now : String.valueOf(known.get().getLastTransitionTime()));
            if (pod.getMetadata().getGeneration() != null) {
                condition.put("observedGeneration", pod.getMetadata().getGeneration());
            }
            status.put("conditions", List.of(condition));
        }
        String promised = pod.getStatus() == null || pod.getStatus().getNominatedNodeName() == null
                ? ""
                : pod.getStatus().getNominatedNodeName();
        failure.nominatedNode().filter(node -> !node.equals(promised)).ifPresent(node -> {
            // An empty text would stay as it is; the field has to go.
            status.put("nominatedNodeName", node.isEmpty() ? NullNode.getInstance() : node);
        });
        return status.isEmpty() ? Optional.empty() : Optional.of(status);
    }

    private static Optional<PodCondition> condition(Pod pod) {
        return pod.getStatus() == null
                ? Optional.empty()
                : Selectors.orEmpty(pod.getStatus().getConditions()).stream()
                        .filter(condition -> "PodScheduled".equals(condition.getType()))
                        .findFirst();
    }

    @Override
    public void close() {
        queue.shutDown();
        tasks.close();
    }
}
