package io.argosy.controllermanager.storageprotection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.argosy.client.request.ObjectJson;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClaimProtectionTest {

    private static final PersistentVolumeClaim CLAIM = ObjectJson.read("""
            {"metadata":{"namespace":"n","name":"p-v","ownerReferences":[{"uid":"u","controller":true}]},"spec":{}}
            """, PersistentVolumeClaim.class);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"persistentVolumeClaim\":{\"claimName\":\"p-v\"} | a | '' | u | true",
                "\"persistentVolumeClaim\":{\"claimName\":\"p-v\"} | '' | '' | u | false",
                "\"persistentVolumeClaim\":{\"claimName\":\"other\"} | a | '' | u | false",
                "\"ephemeral\":{} | a | '' | u | true",
                "\"ephemeral\":{} | a | '' | stranger | false",
                "\"ephemeral\":{} | a | ,\"deletionTimestamp\":\"2026-01-01T00:00:00Z\",\"deletionGracePeriodSeconds\":0 | u | false",
                "\"ephemeral\":{} | a | ,\"deletionTimestamp\":\"2026-01-01T00:00:00Z\",\"deletionGracePeriodSeconds\":30 | u | true",
            })
    void aPodWithANodeHoldsItsClaims(String volume, String node, String meta, String uid, boolean holds) {
        Pod pod = ObjectJson.read("""
                {"metadata":{"namespace":"n","name":"p","uid":"%s"%s},
                 "spec":{"nodeName":"%s","volumes":[{"name":"v",%s}]}}
                """.formatted(uid, meta, node, volume), Pod.class);
        assertEquals(holds, ClaimProtection.holds(pod, CLAIM));
    }
}
