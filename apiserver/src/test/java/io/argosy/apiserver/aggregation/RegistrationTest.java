package io.argosy.apiserver.aggregation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.argosy.apimodel.codec.YamlReader;
import io.argosy.apimodel.definition.BuiltIns;
import io.argosy.apimodel.definition.Definitions;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RegistrationTest {

    private static final Definitions BUILT_IN = BuiltIns.definitions();

    private static List<Registration.Action> actions(List<ObjectValue> present, boolean atStart) {
        return Registration.actions(BUILT_IN, BuiltIns.groups(), present, atStart);
    }

    private static List<ObjectValue> created(List<Registration.Action> actions) {
        return actions.stream()
                .map(action -> ((Registration.Action.Create) action).object())
                .toList();
    }

    private static ObjectValue service(String name, String label) {
        return (ObjectValue) YamlReader.read(("{metadata: {name: " + name + ", uid: u, labels: {" + Registration.LABEL
                        + ": \"" + label + "\"}}, spec: {version: v1}}")
                .getBytes(UTF_8));
    }

    @Test
    void builtInGroupsAreRegisteredAtTheStart() {
        List<ObjectValue> created = created(actions(List.of(), true));
        ObjectValue apps = created.stream()
                .filter(object ->
                        object.string("metadata", "name").orElseThrow().equals("v1.apps"))
                .findFirst()
                .orElseThrow();
        assertEquals("apps", apps.string("spec", "group").orElseThrow());
        assertEquals(17800, apps.integer("spec", "groupPriorityMinimum").orElseThrow());
        assertEquals(15, apps.integer("spec", "versionPriority").orElseThrow());
        assertEquals(
                "onstart", apps.string("metadata", "labels", Registration.LABEL).orElseThrow());
        assertTrue(created.stream()
                .noneMatch(object ->
                        object.string("metadata", "name").orElseThrow().endsWith("apiregistration.k8s.io")));
        ObjectValue core = created.stream()
                .filter(object ->
                        object.string("metadata", "name").orElseThrow().equals("v1."))
                .findFirst()
                .orElseThrow();
        assertTrue(core.at("spec", "group").isEmpty());
        assertEquals(List.of(), actions(created, true));
    }

    @Test
    void builtInGroupsAreLeftAloneLater() {
        assertEquals(List.of(), actions(List.of(), false));
    }

    @Test
    void whatIsServedNoLongerGoesButNotWhatOthersMade() {
        List<ObjectValue> present = new ArrayList<>(created(actions(List.of(), true)));
        present.add(service("v1.gone.example.com", "true"));
        present.add(service("v1.other.example.com", ""));
        assertEquals(List.of(new Registration.Action.Delete("v1.gone.example.com", "u")), actions(present, false));
    }

    @Test
    void aManagedSpecIsPutRight() {
        List<ObjectValue> present = new ArrayList<>(created(actions(List.of(), true)));
        present.removeIf(
                object -> object.string("metadata", "name").orElseThrow().equals("v1.batch"));
        present.add(service("v1.batch", "onstart"));
        List<Registration.Action> actions = actions(present, true);
        assertEquals(1, actions.size());
        assertEquals("v1.batch", ((Registration.Action.Replace) actions.getFirst()).name());
    }
}
