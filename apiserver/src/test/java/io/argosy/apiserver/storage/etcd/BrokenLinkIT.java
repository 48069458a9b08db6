package io.argosy.apiserver.storage.etcd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.argosy.apiserver.storage.KeyChange;
import io.argosy.apiserver.storage.StoreException;
import io.argosy.apiserver.storage.StoreWatch;
import io.argosy.apiserver.storage.StoredValue;
import io.argosy.apiserver.storage.WatchSignal;
import io.argosy.apiserver.storage.WriteOutcome;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the store does when its link to etcd breaks at the worst moments. */
@Timeout(120)
class BrokenLinkIT {

    private static EtcdProcess etcd;
    private static EtcdStore direct;

    @BeforeAll
    static void start() {
        etcd = EtcdProcess.start();
        direct = store(etcd.port());
    }

    @AfterAll
    static void stop() {
        direct.close();
        etcd.close();
    }

    private static EtcdStore store(int port) {
        EtcdConfig config = new EtcdConfig(
                List.of(URI.create("http://127.0.0.1:" + port)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(5));
        return new EtcdStore(config, InstantSource.system(), Thread.ofVirtual().factory());
    }

    private static long write(String key, String value) {
        StoredValue before = direct.get(key).value().orElse(new StoredValue(key, new byte[0], 0, 0));
        return assertInstanceOf(
                        WriteOutcome.Written.class,
                        direct.put(key, before.modRevision(), value.getBytes(UTF_8), Optional.empty()))
                .revision();
    }

    /** Cuts the link at ever later bytes, so that some cuts fall between "created" and the first events. */
    @Test
    void noEventIsLostWhereverTheLinkIsCut() throws InterruptedException {
        long start = direct.currentRevision();
        long last = start;
        for (int i = 0; i < 50; i++) {
            last = write("/registry/cut/" + i, "v".repeat(100));
        }
        try (CuttingProxy proxy = new CuttingProxy(etcd.port());
                EtcdStore store = store(proxy.port())) {
            for (int bytes = 30; bytes < 600; bytes += 15) {
                proxy.cutEachAfter(bytes);
                proxy.cutAll();
                List<Long> told = new ArrayList<>();
                try (StoreWatch watch = store.watch("/registry/", start)) {
                    int before = proxy.cuts();
                    Thread mender = Thread.ofVirtual().start(() -> {
                        while (proxy.cuts() < before + 3) {
                            Thread.onSpinWait();
                        }
                        proxy.cutEachAfter(0);
                    });
                    readUntil(watch, last, told);
                    mender.join();
                }
                assertEquals(
                        LongStream.rangeClosed(start + 1, last).boxed().toList(),
                        told,
                        "cut after " + bytes + " bytes");
            }
            assertTrue(proxy.cuts() > 100, "too few cuts: " + proxy.cuts());
        }
    }

    @Test
    void noEventIsLostWhenEtcdIsKilled() throws InterruptedException {
        long start = direct.currentRevision();
        try (EtcdStore store = store(etcd.port());
                StoreWatch watch = store.watch("/registry/", start)) {
            long first = write("/registry/kill/a", "1");
            List<Long> told = new ArrayList<>();
            readUntil(watch, first, told);
            etcd.kill();
            assertThrowsStoreException(store);
            etcd.restart();
            long last = first;
            for (int i = 0; i < 20; i++) {
                last = writeWhenBack("/registry/kill/" + i);
            }
            readUntil(watch, last, told);
            assertEquals(LongStream.rangeClosed(start + 1, last).boxed().toList(), told);
        }
    }

    private static void assertThrowsStoreException(EtcdStore store) {
        try {
            store.currentRevision();
        } catch (StoreException expected) {
            return;
        }
        throw new AssertionError("a dead etcd answered");
    }

    private static long writeWhenBack(String key) {
        while (true) {
            try {
                return write(key, "1");
            } catch (StoreException notYet) {
                Thread.onSpinWait();
            }
        }
    }

    /** The answer is thrown away after etcd has committed: the write must not be done twice, nor be told as failed. */
    @Test
    void aWriteWithoutAnswerIsUnknownAndDoneAtMostOnce() {
        try (CuttingProxy proxy = new CuttingProxy(etcd.port());
                EtcdStore store = store(proxy.port())) {
            for (int i = 0; i < 50; i++) {
                String key = "/registry/once/" + i;
                store.currentRevision();
                long before = direct.currentRevision();
                proxy.cutBeforeNextAnswer();
                WriteOutcome outcome = store.create(key, new byte[] {1}, Optional.empty());
                long grown = direct.currentRevision() - before;
                assertTrue(grown <= 1, "written " + grown + " times");
                boolean there = direct.get(key).value().isPresent();
                switch (outcome) {
                    case WriteOutcome.Unknown _ -> {}
                    case WriteOutcome.Written(long revision) -> {
                        assertTrue(there);
                        assertEquals(before + 1, revision);
                    }
                    default -> throw new AssertionError("a wrong outcome: " + outcome);
                }
                awaitBack(store);
            }
            assertTrue(proxy.cuts() >= 45, "too few cuts: " + proxy.cuts());
        }
    }

    private static void awaitBack(EtcdStore store) {
        while (true) {
            try {
                store.currentRevision();
                return;
            } catch (StoreException notYet) {
                Thread.onSpinWait();
            }
        }
    }

    private static void readUntil(StoreWatch watch, long last, List<Long> told) throws InterruptedException {
        long reached = 0;
        while (reached < last) {
            WatchSignal.Changes changes = assertInstanceOf(WatchSignal.Changes.class, watch.next());
            changes.changes().stream().map(KeyChange::modRevision).forEach(told::add);
            reached = changes.revision();
        }
    }
}
