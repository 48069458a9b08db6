package io.argosy.apiserver.admission.runtimeclass;

import static io.argosy.apiserver.admission.Requests.tree;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.admission.Requests;
import io.argosy.apiserver.objects.MemoryObjects;
import io.argosy.apiserver.objects.Resources;
import org.junit.jupiter.api.Test;

class RuntimeClassPluginTest {

    private final MemoryObjects objects = new MemoryObjects();
    private final RuntimeClassPlugin plugin = new RuntimeClassPlugin(objects);

    private ObjectValue admitted(String spec) {
        ObjectValue pod = tree("{metadata: {name: p}, spec: " + spec + "}");
        plugin.mutate(new Requests().create("pods", "Pod", pod));
        plugin.validate(new Requests().create("pods", "Pod", pod));
        return pod.object("spec").orElseThrow();
    }

    private String refusal(String spec) {
        return assertThrows(ApiException.class, () -> admitted(spec)).message();
    }

    @Test
    void podsGetTheOverheadAndThePlacesOfTheirClass() {
        objects.create(Resources.RUNTIME_CLASSES, tree("""
                        metadata: {name: vm}
                        handler: vm
                        overhead: {podFixed: {cpu: 100m}}
                        scheduling:
                          nodeSelector: {vm: "yes"}
                          tolerations: [{key: a, operator: Exists}, {key: b, operator: Equal, value: c}]
                        """));
        assertEquals(tree("""
                        runtimeClassName: vm
                        overhead: {cpu: 100m}
                        nodeSelector: {disk: ssd, vm: "yes"}
                        tolerations:
                        - {key: z, operator: Exists}
                        - {key: a, operator: Exists}
                        - {key: b, operator: Equal, value: c}
                        """), admitted("""
                        {runtimeClassName: vm, nodeSelector: {disk: ssd}, overhead: {cpu: '0.1'}, tolerations: [
                         {key: z, operator: Exists}, {key: a, operator: Equal, value: x, effect: NoSchedule}]}"""));
    }

    @Test
    void podsThatContradictTheirClassAreRefused() {
        objects.create(
                Resources.RUNTIME_CLASSES,
                tree("{metadata: {name: vm}, overhead: {podFixed: {cpu: 1m}}, scheduling: {nodeSelector: {a: b}}}"));
        objects.create(Resources.RUNTIME_CLASSES, tree("{metadata: {name: plain}}"));
        assertEquals(
                "pods \"p\" is forbidden: pod rejected: RuntimeClass \"x\" not found",
                refusal("{runtimeClassName: x}"));
        assertEquals(
                "pods \"p\" is forbidden: pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead",
                refusal("{runtimeClassName: vm, overhead: {cpu: 2m}}"));
        assertEquals(
                "pods \"p\" is forbidden: conflict: runtimeClass.scheduling.nodeSelector[a] = b; "
                        + "pod.spec.nodeSelector[a] = c",
                refusal("{runtimeClassName: vm, nodeSelector: {a: c}}"));
        String without = "pods \"p\" is forbidden: pod rejected: Pod Overhead set without corresponding RuntimeClass "
                + "defined Overhead";
        assertEquals(without, refusal("{runtimeClassName: plain, overhead: {cpu: 2m}}"));
        assertEquals(without, refusal("{overhead: {cpu: 2m}}"));
    }
}
