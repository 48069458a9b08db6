package io.argosy.kubelet.status;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class StatusPatchTest {

    private static List<String> conditions(PodStatus status) {
        JsonNode patch = StatusPatch.of("u", status);
        return patch.at("/status/conditions")
                .valueStream()
                .map(c -> c.path("type").asString() + " "
                        + c.path("$patch").asString(c.path("status").asString("")))
                .sorted()
                .toList();
    }

    @Test
    void aChangeOfResourcesThatIsOverIsTakenAway() {
        PodStatus going = new PodStatusBuilder()
                .withConditions(new PodConditionBuilder()
                        .withType("PodResizeInProgress")
                        .withStatus("True")
                        .build())
                .build();
        assertEquals(List.of("PodResizeInProgress True", "PodResizePending delete"), conditions(going));
        assertEquals(List.of("PodResizeInProgress delete", "PodResizePending delete"), conditions(new PodStatus()));
    }

    @Test
    void whatIsAbsentIsCleared() {
        JsonNode patch = StatusPatch.of("u", new PodStatus());
        assertEquals("u", patch.at("/metadata/uid").asString());
        assertEquals(true, patch.at("/status/reason").isNull());
        assertEquals(true, patch.at("/status/podIP").isNull());
    }
}
