package io.argosy.kubelet.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NodeAdmissionTest {

    private static final Map<String, Quantity> ROOM =
            Map.of("pods", new Quantity("10"), "cpu", new Quantity("2"), "memory", new Quantity("1Gi"));
    private static final Pod GREEN = new PodBuilder()
            .withNewMetadata()
            .withName("p")
            .endMetadata()
            .withNewSpec()
            .addToNodeSelector("color", "green")
            .addNewContainer()
            .withName("c")
            .withImage("i")
            .endContainer()
            .endSpec()
            .build();

    private static Node node(String color) {
        return new NodeBuilder()
                .withNewMetadata()
                .withName("n")
                .addToLabels("color", color)
                .endMetadata()
                .build();
    }

    private static Optional<String> refusal(Node seen, Node newest) {
        NodeAdmission admission = new NodeAdmission(
                new NodeCapacity(ROOM, ROOM), List.of(), () -> Optional.of(seen), () -> Optional.of(newest));
        return admission
                .refuse(GREEN, List.of())
                .flatMap(refused -> refused.verdict())
                .map(verdict -> verdict.reason());
    }

    @Test
    void aLabelThatIsNewerThanWhatWasSeenCounts() {
        assertEquals(Optional.empty(), refusal(node("blue"), node("green")));
        assertEquals(Optional.empty(), refusal(node("green"), node("green")));
    }

    @Test
    void aPodForOtherNodesIsRefused() {
        assertEquals(Optional.of("NodeAffinity"), refusal(node("blue"), node("blue")));
    }
}
