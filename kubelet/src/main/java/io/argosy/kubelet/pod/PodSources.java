package io.argosy.kubelet.pod;

import io.argosy.kubelet.lifecycle.RelistLoop.PodName;
import io.argosy.kubelet.staticpod.Mirrors;
import io.argosy.kubelet.status.StatusWriter;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings pods from the API and from files to their workers. A static pod that disappears ends like one that is deleted;
 * a mirror is no pod of its own. Safe for any thread.
 */
public final class PodSources {

    private static final Logger LOG = LoggerFactory.getLogger(PodSources.class);

    private final PodWorkers workers;
    private final PodAdmission admission;
    private final Optional<Mirrors> mirrors;
    private final Optional<StatusWriter> statuses;
    private final Map<String, Pod> fromApi = new HashMap<>();
    private Map<String, Pod> fromFiles = Map.of();
    private boolean apiKnown;
    private boolean filesKnown;

    public PodSources(
            PodWorkers workers,
            PodAdmission admission,
            Optional<Mirrors> mirrors,
            Optional<StatusWriter> statuses,
            boolean hasApi,
            boolean hasFiles) {
        this.workers = workers;
        this.admission = admission;
        this.mirrors = mirrors;
        this.statuses = statuses;
        this.apiKnown = !hasApi;
        this.filesKnown = !hasFiles;
    }

    /** The API has a pod, or another state of it. */
    public synchronized void seen(Pod pod) {
        if (PodView.isMirror(pod)) {
            mirrors.ifPresent(m -> m.seen(pod));
            fromFiles.values().stream()
                    .filter(p -> PodView.key(p).equals(PodView.key(pod)))
                    .forEach(p -> statuses.ifPresent(s -> s.refresh(PodView.uid(p))));
            return;
        }
        fromApi.put(PodView.uid(pod), pod);
        statuses.ifPresent(s -> s.seen(pod, PodView.uid(pod)));
        hand(pod);
    }

    /** The API has the pod no more. */
    public synchronized void gone(Pod pod) {
        if (PodView.isMirror(pod)) {
            mirrors.ifPresent(m -> {
                m.gone(pod);
                m.reconcile(fromFiles);
            });
            return;
        }
        fromApi.remove(PodView.uid(pod));
        workers.gone(PodView.uid(pod));
    }

    /** The first list of the API is complete. */
    public synchronized void apiKnown() {
        apiKnown = true;
    }

    /** What the files say now. */
    public synchronized void files(Map<String, Pod> pods) {
        for (String uid : fromFiles.keySet()) {
            if (!pods.containsKey(uid)) {
                workers.gone(uid);
            }
        }
        Map<String, Pod> fresh = new LinkedHashMap<>();
        pods.forEach((uid, pod) -> fresh.put(uid, fromFiles.getOrDefault(uid, pod)));
        fromFiles = fresh;
        filesKnown = true;
        for (Pod pod : fromFiles.values()) {
            if (replacedEnded(pod)) {
                hand(pod);
            }
        }
        if (apiKnown) {
            mirrors.ifPresent(m -> m.reconcile(fromFiles));
        }
    }

    /** Whether no other static pod of the same name is still ending. */
    private boolean replacedEnded(Pod pod) {
        return workers.pods().stream()
                .filter(p -> PodView.isStatic(p) && PodView.key(p).equals(PodView.key(pod)))
                .allMatch(p -> PodView.uid(p).equals(PodView.uid(pod)));
    }

    private void hand(Pod pod) {
        if (!workers.knows(PodView.uid(pod)) && !PodView.isDeleted(pod) && !PodView.isFinished(pod)) {
            Optional<Termination> refused = admission.refuse(pod, workers.granted());
            if (refused.isPresent()) {
                workers.update(pod);
                workers.terminate(PodView.uid(pod), refused.get());
                return;
            }
        }
        workers.update(pod);
    }

    /** Ends what the runtime still has of pods that nobody knows; only once all sources are known. */
    public synchronized void endOrphans(Map<String, PodName> inRuntime) {
        if (!apiKnown || !filesKnown) {
            return;
        }
        inRuntime.forEach((uid, name) -> {
            if (!workers.knows(uid) && !fromApi.containsKey(uid) && !fromFiles.containsKey(uid)) {
                LOG.info("ending pod that is gone pod={}/{} uid={}", name.namespace(), name.name(), uid);
                workers.endOrphan(orphan(uid, name));
            }
        });
    }

    private static Pod orphan(String uid, PodName name) {
        return new PodBuilder()
                .withMetadata(new ObjectMetaBuilder()
                        .withUid(uid)
                        .withName(name.name())
                        .withNamespace(name.namespace())
                        .build())
                .withNewSpec()
                .withTerminationGracePeriodSeconds(2L)
                .endSpec()
                .build();
    }

    /** Whether every source has been read at least once. */
    public synchronized boolean known() {
        return apiKnown && filesKnown;
    }
}
