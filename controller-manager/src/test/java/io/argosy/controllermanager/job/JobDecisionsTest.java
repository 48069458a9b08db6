package io.argosy.controllermanager.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.argosy.client.request.ObjectJson;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobDecisionsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:10:00Z");

    private static Job job(String spec, String status) {
        return ObjectJson.read("""
                {"metadata":{"namespace":"n","name":"j","uid":"j"},"status":%s,"spec":{%s,
                 "template":{"spec":{"restartPolicy":"Never","containers":[{"name":"c"}]}}}}
                """.formatted(status, spec), Job.class);
    }

    private static Pod pod(String uid, String phase, int index) {
        String annotation =
                index < 0 ? "" : "\"annotations\":{\"batch.kubernetes.io/job-completion-index\":\"" + index + "\"},";
        return ObjectJson.read("""
                {"metadata":{%s"namespace":"n","name":"%s","uid":"%s","creationTimestamp":"2026-01-01T00:00:00Z",
                 "finalizers":["batch.kubernetes.io/job-tracking"]},"spec":{},"status":{"phase":"%s"}}
                """.formatted(annotation, uid, uid, phase), Pod.class);
    }

    private static JobPlan plan(Job job, Pod... pods) {
        return JobPlan.of(new JobView(job, List.of(pods), NOW), 0, Optional.empty());
    }

    @Test
    void createsUpToItsParallelism() {
        Job job = job("\"parallelism\":3,\"completions\":4", "{\"succeeded\":2}");
        assertEquals(1, plan(job, pod("a", "Running", -1)).indexes().size());
        assertEquals(
                1,
                plan(job, pod("a", "Running", -1), pod("b", "Running", -1), pod("c", "Running", -1))
                        .delete()
                        .size());
    }

    @Test
    void indexedJobsMakeTheMissingIndexes() {
        Job job = job(
                "\"parallelism\":5,\"completions\":5,\"completionMode\":\"Indexed\"", "{\"completedIndexes\":\"0,2\"}");
        assertEquals(List.of(3, 4), plan(job, pod("a", "Running", 1)).indexes());
    }

    @Test
    void failuresAreReplacedLater() {
        Job job = job("\"parallelism\":1,\"completions\":1,\"backoffLimit\":6", "{}");
        JobView view = new JobView(job, List.of(), NOW);
        JobPlan plan = JobPlan.of(view, 2, Optional.of(NOW.minusSeconds(5)));
        assertEquals(Optional.of(Duration.ofSeconds(15)), plan.pause());
        assertEquals(Duration.ofMinutes(10), JobPlan.backoff(50));
    }

    @Test
    void tooManyFailuresEndIt() {
        Job job = job("\"parallelism\":1,\"completions\":1,\"backoffLimit\":0", "{}");
        JobVerdict verdict = JobVerdict.of(new JobView(job, List.of(pod("a", "Failed", -1)), NOW));
        assertEquals(
                new JobVerdict.Fails("BackoffLimitExceeded", "Job has reached the specified backoff limit"), verdict);
    }

    @Test
    void itEndsWhenItsTimeIsUp() {
        Job job = job(
                "\"parallelism\":1,\"completions\":1,\"activeDeadlineSeconds\":60",
                "{\"startTime\":\"2026-01-01T00:09:00Z\"}");
        JobVerdict.Fails verdict =
                assertInstanceOf(JobVerdict.Fails.class, JobVerdict.of(new JobView(job, List.of(), NOW)));
        assertEquals("DeadlineExceeded", verdict.reason());
    }

    @Test
    void aPodIsCountedOnceWhateverIsCutOff() {
        Job job = job("\"parallelism\":1,\"completions\":1", "{}");
        Pod ended = pod("a", "Succeeded", -1);
        JobView view = new JobView(job, List.of(ended), NOW);
        JobCounting counting = new JobCounting(view);
        assertEquals(List.of(ended), counting.toRelease());
        JobStatus noted = counting.noted();
        assertEquals(List.of("a"), noted.getUncountedTerminatedPods().getSucceeded());
        // Cut off before the finalizer is gone: the pod is still only noted.
        job.setStatus(noted);
        JobView again = new JobView(job, List.of(ended), NOW);
        assertEquals(1, again.succeeded());
        assertEquals(
                List.of("a"),
                new JobCounting(again).noted().getUncountedTerminatedPods().getSucceeded());
        // The finalizer is gone: counted, and no longer noted.
        JobStatus counted = JobCounting.counted(noted, again, Set.of("a"));
        assertEquals(1, counted.getSucceeded());
        assertEquals(List.of(), counted.getUncountedTerminatedPods().getSucceeded());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0,2-4|0,2-4", "1,2|1,2", "0-9|0-4", "7|", "x,3|3"})
    void indexSetsHaveOneForm(String text, String form) {
        assertEquals(form == null ? "" : form, Indexes.format(Indexes.parse(text, 5)));
    }
}
