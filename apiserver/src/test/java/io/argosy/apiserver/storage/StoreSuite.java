package io.argosy.apiserver.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every store must do. Each test uses keys of its own, so that all may share one store. */
@Timeout(60)
public abstract class StoreSuite {

    private static int count;

    private final String root = "/registry/test" + ++count + "/";
    private Store store;

    /** A store to test, empty or not. */
    protected abstract Store open() throws Exception;

    /** Lets time pass for leases, where time is not the clock's. */
    protected void passTime(Duration time) {}

    @BeforeEach
    void openStore() throws Exception {
        store = open();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void createsOnlyWhatIsAbsent() {
        long before = store.currentRevision();
        long written = write(store.create(root + "a", bytes("1"), Optional.empty()));
        assertEquals(before + 1, written);
        assertEquals(written, store.currentRevision());
        WriteOutcome.Conflict conflict =
                assertInstanceOf(WriteOutcome.Conflict.class, store.create(root + "a", bytes("2"), Optional.empty()));
        assertEquals(written, conflict.current().orElseThrow().modRevision());
        assertArrayEquals(bytes("1"), conflict.current().orElseThrow().value());
        assertEquals(written, store.currentRevision());
    }

    @Test
    void updatesAndDeletesOnlyTheExpectedRevision() {
        long created = write(store.create(root + "a", bytes("1"), Optional.empty()));
        long updated = write(store.put(root + "a", created, bytes("2"), Optional.empty()));
        assertInstanceOf(WriteOutcome.Conflict.class, store.put(root + "a", created, bytes("3"), Optional.empty()));
        assertInstanceOf(WriteOutcome.Conflict.class, store.delete(root + "a", created));
        StoredValue value = store.get(root + "a").value().orElseThrow();
        assertArrayEquals(bytes("2"), value.value());
        assertEquals(created, value.createRevision());
        assertEquals(updated, value.modRevision());
        assertEquals(updated + 1, write(store.delete(root + "a", updated)));
        assertEquals(Optional.empty(), store.get(root + "a").value());
        WriteOutcome.Conflict absent = assertInstanceOf(WriteOutcome.Conflict.class, store.delete(root + "a", updated));
        assertEquals(Optional.empty(), absent.current());
        assertInstanceOf(WriteOutcome.Conflict.class, store.put(root + "a", updated, bytes("4"), Optional.empty()));
        long again = write(store.create(root + "a", bytes("5"), Optional.empty()));
        assertEquals(again, store.get(root + "a").value().orElseThrow().createRevision());
    }

    @Test
    void listsPagesOfOneRevision() {
        for (int i = 0; i < 10; i++) {
            store.create(root + "k" + i, bytes("v" + i), Optional.empty());
        }
        store.create(root.substring(0, root.length() - 1) + "0", bytes("other"), Optional.empty());
        ListOutcome.Listed first = listed(store.list(root, "", 0, 4));
        assertEquals(List.of("k0", "k1", "k2", "k3"), names(first));
        assertTrue(first.more());
        assertEquals(10, first.count());
        StoredValue k5 = store.get(root + "k5").value().orElseThrow();
        write(store.delete(root + "k5", k5.modRevision()));
        write(store.create(root + "k55", bytes("new"), Optional.empty()));
        ListOutcome.Listed rest =
                listed(store.list(root, first.values().getLast().key() + "\0", first.revision(), 0));
        assertEquals(List.of("k4", "k5", "k6", "k7", "k8", "k9"), names(rest));
        assertEquals(first.revision(), rest.revision());
        assertEquals(
                List.of("k0", "k1", "k2", "k3", "k4", "k55", "k6", "k7", "k8", "k9"),
                names(listed(store.list(root, "", 0, 0))));
    }

    @Test
    void refusesRevisionsItDoesNotHave() {
        long first = write(store.create(root + "a", bytes("1"), Optional.empty()));
        long second = write(store.put(root + "a", first, bytes("2"), Optional.empty()));
        long third = write(store.put(root + "a", second, bytes("3"), Optional.empty()));
        assertInstanceOf(ListOutcome.Future.class, store.list(root, "", third + 100, 0));
        store.compact(second);
        store.compact(second);
        assertInstanceOf(ListOutcome.Compacted.class, store.list(root, "", first, 0));
        assertArrayEquals(
                bytes("2"),
                listed(store.list(root, "", second, 0)).values().getFirst().value());
        try (StoreWatch late = store.watch(root, first - 1)) {
            assertInstanceOf(WatchSignal.Lost.class, late.next());
            assertInstanceOf(WatchSignal.Lost.class, late.next());
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
        List<String> seen = new ArrayList<>();
        follow(second, third, seen);
        assertEquals(List.of("put a 3"), seen);
    }

    @Test
    void watchesEveryChangeOnceInOrder() {
        long start = store.currentRevision();
        List<String> expected = new ArrayList<>();
        long last = start;
        for (int i = 0; i < 50; i++) {
            long created = write(store.create(root + "k" + i, bytes("v"), Optional.empty()));
            expected.add("put k" + i + " v");
            long updated = write(store.put(root + "k" + i, created, bytes("w"), Optional.empty()));
            expected.add("put k" + i + " w");
            last = write(store.delete(root + "k" + i, updated));
            expected.add("deleted k" + i);
        }
        List<String> seen = new ArrayList<>();
        follow(start, last, seen);
        assertEquals(expected, seen);
    }

    @Test
    void watchesKnowOfRevisionsOfOtherKeys() {
        long start = store.currentRevision();
        long other = write(store.create("/other" + root, bytes("1"), Optional.empty()));
        List<String> seen = new ArrayList<>();
        follow(start, other, seen);
        assertEquals(List.of(), seen);
    }

    @Test
    void aWatchCanBeWokenAndClosed() throws InterruptedException {
        try (StoreWatch watch = store.watch(root, store.currentRevision())) {
            watch.wake();
            assertInstanceOf(WatchSignal.Woken.class, watch.next());
            Thread closer = Thread.ofVirtual().start(watch::close);
            assertInstanceOf(WatchSignal.Closed.class, watch.next());
            closer.join();
        }
    }

    @Test
    void keysWithATimeToLiveGoByThemselves() {
        long start = store.currentRevision();
        Duration life = Duration.ofSeconds(2);
        long created = write(store.create(root + "event", bytes("1"), Optional.of(life)));
        passTime(life.plusSeconds(1));
        List<String> seen = new ArrayList<>();
        follow(start, created + 1, seen);
        assertEquals(List.of("put event 1", "deleted event"), seen);
    }

    @Test
    void everyWriteHasARevisionOfItsOwn() throws InterruptedException {
        ConcurrentLinkedQueue<Long> revisions = new ConcurrentLinkedQueue<>();
        List<Thread> writers = new ArrayList<>();
        for (int writer = 0; writer < 8; writer++) {
            String key = root + "w" + writer;
            writers.add(Thread.ofVirtual().start(() -> {
                long revision = 0;
                for (int i = 0; i < 25; i++) {
                    revision = write(store.put(key, revision, bytes("" + i), Optional.empty()));
                    revisions.add(revision);
                }
            }));
        }
        for (Thread writer : writers) {
            writer.join();
        }
        assertEquals(200, revisions.size());
        assertEquals(200, new TreeSet<>(revisions).size());
    }

    private void follow(long after, long until, List<String> seen) {
        try (StoreWatch watch = store.watch(root, after)) {
            long reached = after;
            while (reached < until) {
                WatchSignal.Changes changes = assertInstanceOf(WatchSignal.Changes.class, watch.next());
                assertTrue(changes.revision() > reached);
                reached = changes.revision();
                for (KeyChange change : changes.changes()) {
                    seen.add(describe(change));
                }
            }
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    private String describe(KeyChange change) {
        String name = change.key().substring(root.length());
        return switch (change) {
            case KeyChange.Put put -> "put " + name + " " + new String(put.value(), UTF_8);
            case KeyChange.Deleted _ -> "deleted " + name;
        };
    }

    private List<String> names(ListOutcome.Listed listed) {
        return listed.values().stream()
                .map(value -> value.key().substring(root.length()))
                .toList();
    }

    private static ListOutcome.Listed listed(ListOutcome outcome) {
        return assertInstanceOf(ListOutcome.Listed.class, outcome);
    }

    private static long write(WriteOutcome outcome) {
        return assertInstanceOf(WriteOutcome.Written.class, outcome).revision();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
