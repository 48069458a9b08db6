package io.argosy.controllermanager.job;

import io.argosy.client.request.ObjectJson;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import io.fabric8.kubernetes.api.model.batch.v1.UncountedTerminatedPods;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * How ended pods get into the counts exactly once, whatever is cut off where: first a pod's UID is noted as uncounted,
 * then its finalizer is taken off, then the UID becomes a count. Pure.
 */
final class JobCounting {

    private static final int AT_ONCE = 500;

    private final JobView view;

    JobCounting(JobView view) {
        this.view = view;
    }

    /** Pods whose finalizers are to be taken off once {@link #noted} is written. */
    List<Pod> toRelease() {
        List<Pod> release = new ArrayList<>();
        for (Pod pod : view.pods) {
            boolean ended = JobPods.isSucceeded(pod) || JobPods.isFailed(pod, view.job);
            if (JobPods.isTracked(pod) && ended && !isHeldForIndex(pod) && release.size() < AT_ONCE) {
                release.add(pod);
            }
        }
        return release;
    }

    /** The last failed pod of an index tells how often the index failed, until there is a next one. */
    private boolean isHeldForIndex(Pod pod) {
        if (!view.limitsIndexes() || !JobPods.isFailed(pod, view.job)) {
            return false;
        }
        int index = JobPods.index(pod);
        if (view.failedIndexes().get(Math.max(0, index)) || !(JobVerdict.of(view) instanceof JobVerdict.GoesOn)) {
            return false;
        }
        int failures = JobPods.annotation(pod, JobPods.INDEX_FAILURES)
                + JobPods.annotation(pod, JobPods.INDEX_IGNORED_FAILURES);
        return view.pods.stream()
                .noneMatch(other -> JobPods.index(other) == index
                        && !other.getMetadata()
                                .getUid()
                                .equals(pod.getMetadata().getUid())
                        && JobPods.annotation(other, JobPods.INDEX_FAILURES)
                                        + JobPods.annotation(other, JobPods.INDEX_IGNORED_FAILURES)
                                > failures);
    }

    /** The status with the newly ended pods noted. */
    JobStatus noted() {
        JobStatus status = ObjectJson.copy(view.status);
        Set<String> released = new HashSet<>();
        toRelease().forEach(pod -> released.add(pod.getMetadata().getUid()));
        Set<String> succeeded = new LinkedHashSet<>(view.uncountedSucceeded);
        Set<String> failed = new LinkedHashSet<>(view.uncountedFailed);
        for (Pod pod : view.newlySucceeded()) {
            if (released.contains(pod.getMetadata().getUid()) && !view.isIndexed()) {
                succeeded.add(pod.getMetadata().getUid());
            }
        }
        for (Pod pod : view.newlyFailed()) {
            boolean counts = !(FailurePolicy.of(view.job, pod) instanceof FailurePolicy.Ignore);
            if (released.contains(pod.getMetadata().getUid()) && counts) {
                failed.add(pod.getMetadata().getUid());
            }
        }
        indexes(status);
        return withUncounted(status, succeeded, failed);
    }

    private void indexes(JobStatus status) {
        if (view.isIndexed()) {
            status.setCompletedIndexes(Indexes.format(view.completedIndexes()));
            status.setSucceeded(view.completedIndexes().cardinality());
            if (view.limitsIndexes()) {
                status.setFailedIndexes(Indexes.format(view.failedIndexes()));
            }
        }
    }

    /** The status after these pods lost their finalizers: what is uncounted and held no more is counted. */
    static JobStatus counted(JobStatus noted, JobView view, Set<String> released) {
        JobStatus status = ObjectJson.copy(noted);
        Set<String> held = new HashSet<>();
        view.pods.stream()
                .filter(JobPods::isTracked)
                .map(pod -> pod.getMetadata().getUid())
                .filter(uid -> !released.contains(uid))
                .forEach(held::add);
        UncountedTerminatedPods uncounted = noted.getUncountedTerminatedPods() == null
                ? new UncountedTerminatedPods()
                : noted.getUncountedTerminatedPods();
        Set<String> succeeded = new LinkedHashSet<>();
        Set<String> failed = new LinkedHashSet<>();
        int newSucceeded = split(uncounted.getSucceeded(), held, succeeded);
        int newFailed = split(uncounted.getFailed(), held, failed);
        if (!view.isIndexed()) {
            status.setSucceeded(JobView.number(status.getSucceeded()) + newSucceeded);
        }
        status.setFailed(JobView.number(status.getFailed()) + newFailed);
        return withUncounted(status, succeeded, failed);
    }

    private static int split(List<String> uids, Set<String> held, Set<String> stay) {
        int counted = 0;
        for (String uid : uids == null ? List.<String>of() : uids) {
            if (held.contains(uid)) {
                stay.add(uid);
            } else {
                counted++;
            }
        }
        return counted;
    }

    private static JobStatus withUncounted(JobStatus status, Set<String> succeeded, Set<String> failed) {
        UncountedTerminatedPods uncounted = new UncountedTerminatedPods();
        uncounted.setSucceeded(new ArrayList<>(succeeded));
        uncounted.setFailed(new ArrayList<>(failed));
        status.setUncountedTerminatedPods(uncounted);
        return status;
    }

    static boolean hasUncounted(JobStatus status) {
        UncountedTerminatedPods uncounted = status.getUncountedTerminatedPods();
        return uncounted != null
                && ((uncounted.getSucceeded() != null
                                && !uncounted.getSucceeded().isEmpty())
                        || (uncounted.getFailed() != null
                                && !uncounted.getFailed().isEmpty()));
    }
}
