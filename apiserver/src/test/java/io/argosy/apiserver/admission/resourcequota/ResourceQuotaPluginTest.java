package io.argosy.apiserver.admission.resourcequota;

import static io.argosy.apiserver.admission.resourcequota.QuotaCheckTest.charge;
import static io.argosy.apiserver.admission.resourcequota.QuotaCheckTest.quota;
import static io.argosy.apiserver.admission.resourcequota.QuotaCheckTest.tree;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.argosy.apimodel.meta.GroupVersionKind;
import io.argosy.apimodel.meta.GroupVersionResource;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.admission.AdmissionRequest;
import io.argosy.apiserver.admission.Operation;
import io.argosy.apiserver.authn.UserInfo;
import io.argosy.apiserver.objects.MemoryObjects;
import io.argosy.apiserver.objects.Resources;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ResourceQuotaPluginTest {

    private final MemoryObjects objects = new MemoryObjects();
    private final ResourceQuotaPlugin plugin = new ResourceQuotaPlugin(
            objects,
            Optional.empty(),
            InstantSource.system(),
            Thread.ofVirtual().factory());

    private static AdmissionRequest secret(String namespace, boolean dryRun) {
        return new AdmissionRequest(
                Operation.CREATE,
                new GroupVersionKind("", "v1", "Secret"),
                new GroupVersionResource("", "v1", "secrets"),
                "",
                namespace,
                "s",
                Optional.of(tree("{metadata: {name: s}}")),
                Optional.empty(),
                new ObjectValue(),
                dryRun,
                new UserInfo("u", "", List.of(), java.util.Map.of()),
                _ -> {},
                (_, _) -> {});
    }

    private String used() {
        return objects.find(Resources.RESOURCE_QUOTAS, "ns", "a")
                .flatMap(found -> found.string("status", "used", "secrets"))
                .orElse("");
    }

    @Test
    void manyAtOnceNeverUseMoreThanIsAllowed() throws InterruptedException {
        objects.create(Resources.RESOURCE_QUOTAS, quota("a", "{secrets: '30'}", "{secrets: '0'}"));
        AtomicInteger allowed = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    plugin.validate(secret("ns", false));
                    allowed.incrementAndGet();
                } catch (ApiException e) {
                    refused.incrementAndGet();
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(30, allowed.get());
        assertEquals(70, refused.get());
        assertEquals("30", used());
    }

    @Test
    void aRefusalIsForbiddenInTheWordsOfTheApi() {
        objects.create(Resources.RESOURCE_QUOTAS, quota("a", "{secrets: '1'}", "{secrets: '1'}"));
        ApiException refused = assertThrows(ApiException.class, () -> plugin.validate(secret("ns", false)));
        assertEquals(403, refused.code());
        assertEquals(
                "secrets \"s\" is forbidden: exceeded quota: a, requested: secrets=1, used: secrets=1, limited: secrets=1",
                refused.message());
        plugin.validate(secret("other", false));
    }

    @Test
    void aDryRunIsCheckedAndNotCharged() {
        objects.create(Resources.RESOURCE_QUOTAS, quota("a", "{secrets: '1'}", "{secrets: '0'}"));
        plugin.validate(secret("ns", true));
        assertEquals("0", used());
        plugin.validate(secret("ns", false));
        assertThrows(ApiException.class, () -> plugin.validate(secret("ns", true)));
    }

    /** Answers entries into lists. */
    private record Answers(Charge charge, List<String> to) implements QuotaLedger.Entry {
        @Override
        public void allow() {
            to.add("allowed");
        }

        @Override
        public void refuse(Verdict verdict) {
            to.add("refused");
        }

        @Override
        public void fail(ApiException cause) {
            to.add("failed");
        }
    }

    @Test
    void aBatchIsWrittenOnce() {
        objects.create(Resources.RESOURCE_QUOTAS, quota("a", "{secrets: '3'}", "{secrets: '1'}"));
        List<String> answers = new ArrayList<>();
        Charge charge = charge("secrets", "", new ObjectValue(), Optional.empty());
        new QuotaLedger(objects, List.of())
                .settle(
                        "ns",
                        List.of(
                                new Answers(charge, answers),
                                new Answers(charge, answers),
                                new Answers(charge, answers)));
        assertEquals(List.of("refused", "allowed", "allowed"), answers);
        assertEquals("3", used());
        assertEquals(
                Optional.of("2"),
                objects.find(Resources.RESOURCE_QUOTAS, "ns", "a")
                        .flatMap(found -> found.string("metadata", "resourceVersion")));
    }

    @Test
    void aQuotaThatChangedUnderTheDecisionIsAskedAgain() {
        objects.create(Resources.RESOURCE_QUOTAS, quota("a", "{secrets: '2'}", "{secrets: '1'}"));
        // Whoever lists sees the state of before; the store has moved on.
        MemoryObjects stale = new MemoryObjects();
        stale.create(Resources.RESOURCE_QUOTAS, quota("a", "{secrets: '2'}", "{secrets: '0'}"));
        List<String> answers = new ArrayList<>();
        Charge charge = charge("secrets", "", new ObjectValue(), Optional.empty());
        new QuotaLedger(new LaggingObjects(stale, objects), List.of())
                .settle("ns", List.of(new Answers(charge, answers), new Answers(charge, answers)));
        assertEquals(List.of("refused", "allowed"), answers);
        assertEquals("2", used());
        assertTrue(stale.find(Resources.RESOURCE_QUOTAS, "ns", "a").isPresent());
    }
}
