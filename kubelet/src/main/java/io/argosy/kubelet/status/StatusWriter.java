package io.argosy.kubelet.status;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.apimodel.status.ApiException;
import io.argosy.client.request.ApiClient;
import io.argosy.client.request.DeleteOptions;
import io.argosy.client.request.ObjectJson;
import io.argosy.client.request.Patch;
import io.argosy.client.request.RequestException;
import io.argosy.client.request.ResourceClient;
import io.argosy.daemon.clock.Clock;
import io.argosy.kubelet.pod.PodView;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings pod statuses to the API: the newest of each pod, only when it differs from what the API was told, and the
 * deletion of pods that have ended. Writers fail and repeat; what is set meanwhile replaces what waits.
 */
public final class StatusWriter implements StatusSink {

    private static final Logger LOG = LoggerFactory.getLogger(StatusWriter.class);
    private static final Duration RETRY = Duration.ofSeconds(2);

    private record Wanted(Pod pod, PodStatus status) {}

    private final ResourceClient<Pod> pods;
    private final Clock clock;
    private final Function<Pod, Optional<Pod>> mirror;
    private final Map<String, Wanted> wanted = new ConcurrentHashMap<>();
    private final Map<String, PodStatus> told = new ConcurrentHashMap<>();
    private final Map<String, Pod> released = new ConcurrentHashMap<>();

    /** What is to be written, and what a thread is writing now; both under the lock of the first. */
    private final Set<String> dirty = new LinkedHashSet<>();

    private final Set<String> writing = new HashSet<>();

    /** @param mirror the API's object for a static pod, if there is one; other pods are their own */
    public StatusWriter(ApiClient client, Clock clock, Function<Pod, Optional<Pod>> mirror) {
        this.pods = client.resource(Pod.class);
        this.clock = clock;
        this.mirror = mirror;
    }

    @Override
    public void set(Pod pod, PodStatus status) {
        Wanted before = wanted.put(PodView.uid(pod), new Wanted(pod, status));
        boolean same = before != null && before.status().equals(status) && told.containsKey(PodView.uid(pod));
        if (!same) {
            mark(PodView.uid(pod));
        }
    }

    @Override
    public Optional<PodStatus> get(String uid) {
        return Optional.ofNullable(wanted.get(uid)).map(Wanted::status);
    }

    @Override
    public void released(Pod pod) {
        released.put(PodView.uid(pod), pod);
        mark(PodView.uid(pod));
    }

    @Override
    public void forget(String uid) {
        wanted.remove(uid);
        told.remove(uid);
        released.remove(uid);
    }

    /** The API has another status than it was told, or a mirror is new: tell it again. */
    public void refresh(String uid) {
        told.remove(uid);
        if (wanted.containsKey(uid)) {
            mark(uid);
        }
    }

    /** Compares what the API shows with what it was told, and repairs what others changed. */
    public void seen(Pod pod, String uid) {
        PodStatus last = told.get(uid);
        if (last != null && pod.getStatus() != null && !sameToReaders(last, pod.getStatus())) {
            refresh(uid);
        }
    }

    private static boolean sameToReaders(PodStatus told, PodStatus shown) {
        return java.util.Objects.equals(told.getPhase(), shown.getPhase())
                && java.util.Objects.equals(told.getPodIP(), shown.getPodIP())
                && PodView.orEmpty(told.getContainerStatuses()).size()
                        == PodView.orEmpty(shown.getContainerStatuses()).size();
    }

    private void mark(String uid) {
        synchronized (dirty) {
            dirty.add(uid);
            dirty.notifyAll();
        }
    }

    /** Writes until interrupted. Several threads may run this: one pod is written by one of them at a time. */
    public void run() throws InterruptedException {
        Set<String> failed = new LinkedHashSet<>();
        long retryAt = 0;
        while (true) {
            String uid = take(failed.isEmpty() ? Duration.ofHours(1) : RETRY);
            if (!failed.isEmpty() && clock.nanoTime() >= retryAt) {
                List<String> again = new ArrayList<>(failed);
                failed.clear();
                again.forEach(this::mark);
            }
            if (uid.isEmpty()) {
                continue;
            }
            try {
                write(uid);
            } catch (ApiException | RequestException e) {
                LOG.warn("status not written uid={} error={}", uid, e.getMessage());
                if (failed.isEmpty()) {
                    retryAt = clock.nanoTime() + RETRY.toNanos();
                }
                failed.add(uid);
            } finally {
                written(uid);
            }
        }
    }

    /** A pod to write that no other thread is writing: an older status must never overtake a newer one. */
    private String take(Duration most) throws InterruptedException {
        synchronized (dirty) {
            Optional<String> next = free();
            if (next.isEmpty()) {
                dirty.wait(most.toMillis());
                next = free();
            }
            next.ifPresent(uid -> {
                dirty.remove(uid);
                writing.add(uid);
            });
            return next.orElse("");
        }
    }

    private Optional<String> free() {
        return dirty.stream().filter(uid -> !writing.contains(uid)).findFirst();
    }

    private void written(String uid) {
        synchronized (dirty) {
            writing.remove(uid);
            if (dirty.contains(uid)) {
                dirty.notifyAll();
            }
        }
    }

    private void write(String uid) {
        Wanted want = wanted.get(uid);
        if (want == null) {
            return;
        }
        Optional<Pod> object = PodView.isStatic(want.pod()) ? mirror.apply(want.pod()) : Optional.of(want.pod());
        if (object.isEmpty()) {
            return;
        }
        ObjectKey key = new ObjectKey(
                object.get().getMetadata().getNamespace(),
                object.get().getMetadata().getName());
        if (!want.status().equals(told.get(uid))) {
            if (!patch(key, PodView.uid(object.get()), want.status())) {
                told.put(uid, want.status());
                return;
            }
            told.put(uid, want.status());
        }
        Pod ended = released.get(uid);
        if (ended != null && PodView.isDeleted(ended)) {
            delete(key, ended);
        }
    }

    /** Answers whether the pod is still there under its uid. */
    private boolean patch(ObjectKey key, String uid, PodStatus status) {
        try {
            pods.patchStatus(key, Patch.strategic(StatusPatch.of(uid, status)));
            return true;
        } catch (ApiException e) {
            if (e.is(404) || (e.is(409) && !isThere(key, uid))) {
                LOG.debug("pod is gone pod={} uid={}", key, uid);
                return false;
            }
            throw e;
        }
    }

    /** A conflict is another pod of the same name, or a moment with many writers. */
    private boolean isThere(ObjectKey key, String uid) {
        return pods.find(key).filter(found -> PodView.uid(found).equals(uid)).isPresent();
    }

    private void delete(ObjectKey key, Pod pod) {
        try {
            pods.delete(key, DeleteOptions.ofUid(PodView.uid(pod)).withGrace(0));
            LOG.info("pod released pod={} uid={}", key, PodView.uid(pod));
        } catch (ApiException e) {
            if (!e.is(404) && !e.is(409)) {
                throw e;
            }
        }
        released.remove(PodView.uid(pod));
    }

    static Object json(PodStatus status) {
        return ObjectJson.toTree(status);
    }
}
