package io.argosy.controllermanager.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.argosy.client.request.ObjectJson;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeploymentPlannerTest {

    private static Deployment deployment(int replicas, String image, String strategy) {
        return ObjectJson.read("""
                {"metadata":{"namespace":"n","name":"web","uid":"d","generation":1},
                 "spec":{"replicas":%d,"selector":{"matchLabels":{"app":"web"}},"revisionHistoryLimit":1,
                  "strategy":%s,
                  "template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"c","image":"%s"}]}}}}
                """.formatted(replicas, strategy, image), Deployment.class);
    }

    private static final String ROLLING =
            "{\"type\":\"RollingUpdate\",\"rollingUpdate\":{\"maxSurge\":\"25%\",\"maxUnavailable\":\"25%\"}}";
    private static final String RECREATE = "{\"type\":\"Recreate\"}";

    private int made;

    /** The set of a deployment's template, of some size, with so many available pods. */
    private ReplicaSet set(Deployment deployment, int revision, int replicas, int available) {
        ReplicaSet set = ReplicaSets.of(deployment, replicas);
        set.getMetadata().setUid("rs" + ++made);
        set.getMetadata().setCreationTimestamp("2026-01-01T00:00:0" + made + "Z");
        set.getMetadata().setGeneration(1L);
        Map<String, String> annotations = Revisions.annotations(deployment, Map.of(), revision);
        Revisions.scaledFor(annotations, deployment);
        set.getMetadata().setAnnotations(annotations);
        set.setStatus(ObjectJson.read(
                "{\"replicas\":%d,\"readyReplicas\":%d,\"availableReplicas\":%d,\"observedGeneration\":1}"
                        .formatted(replicas, available, available),
                io.fabric8.kubernetes.api.model.apps.ReplicaSetStatus.class));
        return set;
    }

    private static List<String> plan(Deployment deployment, List<ReplicaSet> sets, boolean oldPodsRun) {
        List<String> steps = new ArrayList<>();
        for (DeploymentAction action : new DeploymentPlanner(deployment, sets, oldPodsRun).plan()) {
            steps.add(
                    switch (action) {
                        case DeploymentAction.Create(ReplicaSet set) -> "create " + RolloutMath.replicas(set);
                        case DeploymentAction.Annotate(ReplicaSet set) -> "annotate";
                        case DeploymentAction.Scale(ReplicaSet set, int from, int to) ->
                            set.getMetadata().getUid() + " " + from + " to " + to;
                        case DeploymentAction.Remove(ReplicaSet set) ->
                            "remove " + set.getMetadata().getUid();
                    });
        }
        return steps;
    }

    @Test
    void beginsWithAllPods() {
        assertEquals(List.of("create 4"), plan(deployment(4, "a", ROLLING), List.of(), false));
    }

    @Test
    void rollsWithinSurgeAndUnavailability() {
        Deployment now = deployment(4, "b", ROLLING);
        ReplicaSet old = set(deployment(4, "a", ROLLING), 1, 4, 4);
        assertEquals(List.of("create 1"), plan(now, List.of(old), false));
        ReplicaSet fresh = set(now, 2, 1, 0);
        assertEquals(List.of("rs1 4 to 3"), plan(now, List.of(old, fresh), false));
        ReplicaSet smaller = set(deployment(4, "a", ROLLING), 1, 3, 3);
        assertEquals(List.of("rs2 1 to 2"), plan(now, List.of(smaller, fresh), false));
    }

    @Test
    void unhealthyOldPodsGoFirst() {
        Deployment now = deployment(4, "c", ROLLING);
        ReplicaSet broken = set(deployment(4, "a", ROLLING), 1, 2, 0);
        ReplicaSet healthy = set(deployment(4, "b", ROLLING), 2, 2, 2);
        ReplicaSet fresh = set(now, 3, 1, 1);
        assertEquals(List.of("rs1 2 to 0"), plan(now, List.of(broken, healthy, fresh), false));
    }

    @Test
    void recreateWaitsForTheLastOldPod() {
        Deployment now = deployment(2, "b", RECREATE);
        ReplicaSet old = set(deployment(2, "a", RECREATE), 1, 2, 2);
        assertEquals(List.of("rs1 2 to 0"), plan(now, List.of(old), true));
        ReplicaSet empty = set(deployment(2, "a", RECREATE), 1, 0, 0);
        assertEquals(List.of(), plan(now, List.of(empty), true));
        assertEquals(List.of("create 2"), plan(now, List.of(empty), false));
    }

    @Test
    void scalingIsSpreadOverSets() {
        Deployment before = deployment(10, "b", ROLLING);
        ReplicaSet old = set(deployment(10, "a", ROLLING), 1, 8, 8);
        ReplicaSet fresh = set(before, 2, 5, 2);
        Deployment now = deployment(20, "b", ROLLING);
        List<String> steps = plan(now, List.of(old, fresh), false);
        assertEquals(List.of("rs1 8 to 15", "rs2 5 to 10"), steps);
    }

    @Test
    void aPausedDeploymentOnlyScales() {
        Deployment now = deployment(6, "b", ROLLING);
        now.getSpec().setPaused(true);
        ReplicaSet old = set(deployment(4, "a", ROLLING), 1, 4, 4);
        assertEquals(List.of("rs1 4 to 6"), plan(now, List.of(old), false));
    }

    @Test
    void oldRevisionsBeyondTheHistoryGo() {
        Deployment now = deployment(2, "c", ROLLING);
        ReplicaSet first = set(deployment(2, "a", ROLLING), 1, 0, 0);
        ReplicaSet second = set(deployment(2, "b", ROLLING), 2, 0, 0);
        ReplicaSet current = set(now, 3, 2, 2);
        assertEquals(List.of("remove rs1"), plan(now, List.of(first, second, current), false));
    }

    @Test
    void aRollbackFindsItsSetAgain() {
        Deployment now = deployment(2, "a", ROLLING);
        ReplicaSet first = set(deployment(2, "a", ROLLING), 1, 0, 0);
        ReplicaSet second = set(deployment(2, "b", ROLLING), 2, 2, 2);
        DeploymentPlanner planner = new DeploymentPlanner(now, List.of(first, second), false);
        assertEquals("rs1", planner.current().orElseThrow().getMetadata().getUid());
        assertEquals(3, planner.revision());
        assertEquals(List.of("annotate"), plan(now, List.of(first, second), false));
        assertTrue(Revisions.annotations(now, Map.of(Revisions.REVISION, "1"), 3)
                .entrySet()
                .containsAll(
                        Map.of(Revisions.REVISION, "3", Revisions.HISTORY, "1").entrySet()));
    }
}
