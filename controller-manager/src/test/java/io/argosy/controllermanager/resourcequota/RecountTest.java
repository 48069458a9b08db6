package io.argosy.controllermanager.resourcequota;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.argosy.apimodel.codec.YamlReader;
import io.argosy.apimodel.meta.GroupResource;
import io.argosy.apimodel.quota.DeviceClasses;
import io.argosy.apimodel.quota.Evaluator;
import io.argosy.apimodel.quota.Evaluators;
import io.argosy.apimodel.quota.Quota;
import io.argosy.apimodel.tree.ObjectValue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecountTest {

    private static final Evaluator PODS =
            new Evaluators(DeviceClasses.NONE).of(new GroupResource("", "pods")).orElseThrow();
    private static final Evaluator SECRETS = new Evaluators(DeviceClasses.NONE)
            .of(new GroupResource("", "secrets"))
            .orElseThrow();

    private static ObjectValue tree(String yaml) {
        return (ObjectValue) YamlReader.read(yaml.getBytes(StandardCharsets.UTF_8));
    }

    private static Quota quota(String yaml) {
        return Quota.of(tree(yaml));
    }

    @Test
    void countsWhatIsInScopeAndKeepsWhatCannotBeMeasured() {
        Quota quota = quota("""
                spec: {scopes: [NotTerminating], hard: {pods: "9", cpu: "9", count/foos.x: "1"}}
                status: {hard: {pods: "9"}, used: {pods: "7", count/foos.x: "1", secrets: "3"}}
                """);
        ObjectValue pod = tree("{spec: {containers: [{name: a, resources: {requests: {cpu: 500m}}}]}}");
        ObjectValue ending = tree("{spec: {activeDeadlineSeconds: 1}}");
        assertEquals(
                "count/foos.x=1,cpu=1,pods=2",
                Recount.used(quota, Map.of(PODS, List.of(pod, ending, pod)), Instant.EPOCH)
                        .toString());
    }

    @Test
    void whatIsNotUsedIsZero() {
        Quota quota = quota("{spec: {hard: {secrets: '1', memory: 1Gi}}}");
        assertEquals(
                "memory=0,secrets=0",
                Recount.used(quota, Map.of(PODS, List.of(), SECRETS, List.of()), Instant.EPOCH)
                        .toString());
    }

    @Test
    void aStatusThatSaysTheSameIsNotWritten() {
        Quota same = quota("{spec: {hard: {cpu: '1'}}, status: {hard: {cpu: 1000m}, used: {cpu: '0'}}}");
        assertFalse(Recount.differs(same, same.used()));
        assertFalse(Recount.isUrgent(same));
        Quota changed = quota("{spec: {hard: {cpu: '2'}}, status: {hard: {cpu: '1'}, used: {cpu: '0'}}}");
        assertTrue(Recount.differs(changed, changed.used()));
        assertTrue(Recount.isUrgent(changed));
        assertTrue(Recount.isUrgent(quota("{spec: {hard: {cpu: '1'}}, status: {hard: {cpu: '1'}}}")));
    }
}
