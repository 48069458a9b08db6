package io.argosy.apiserver.cache;

import static io.argosy.apiserver.cache.CacheFixture.SOON;
import static io.argosy.apiserver.cache.CacheFixture.V1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.argosy.apimodel.meta.FieldSelector;
import io.argosy.apimodel.meta.LabelSelector;
import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.apimodel.status.ApiException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ResourceCacheTest {

    private final CacheFixture fixture = new CacheFixture();
    private final ResourceCache widgets = fixture.widgets;

    @BeforeEach
    void start() throws InterruptedException {
        fixture.start();
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void readsItsOwnWritesAtOnce() throws InterruptedException {
        for (int i = 0; i < 200; i++) {
            ObjectImage created = fixture.create("a", "w" + i, "n1");
            ObjectImage read =
                    widgets.get(created.key(), ReadVersion.MOST_RECENT).orElseThrow();
            assertEquals(created.revision(), read.revision());
            assertEquals(i + 1, widgets.list(ListOptions.ALL).images().size());
        }
    }

    @Test
    void answersWholeObjectsAndLists() throws InterruptedException {
        ObjectImage one = fixture.create("a", "one", "n1");
        fixture.create("a", "two", "n1");
        String object = text(
                widgets.get(one.key(), ReadVersion.MOST_RECENT).orElseThrow().body(widgets.form(V1), Encoding.JSON));
        assertEquals(
                "{\"apiVersion\":\"example.com/v1\",\"kind\":\"Widget\",\"metadata\":{\"labels\":{},\"name\":\"one\","
                        + "\"namespace\":\"a\",\"resourceVersion\":\"" + one.revision()
                        + "\"},\"spec\":{\"node\":\"n1\"}}\n",
                object);
        ListPage page = widgets.list(ListOptions.ALL);
        String list = text(widgets.form(V1).list(page, Encoding.JSON));
        assertTrue(list.startsWith("{\"apiVersion\":\"example.com/v1\",\"items\":[{\"apiVersion\""), list);
        String end = "}],\"kind\":\"WidgetList\",\"metadata\":{\"continue\":\"\",\"resourceVersion\":\""
                + page.revision() + "\"}}\n";
        assertTrue(list.endsWith(end), list);
        assertTrue(list.contains("}},{\"apiVersion\""), list);
    }

    @Test
    void pagesShowOneStateHoweverItChanges() throws InterruptedException {
        for (int i = 0; i < 25; i++) {
            fixture.create("a", "w" + (10 + i), "n1");
        }
        fixture.create("a-b", "other", "n1");
        ListOptions options = ListOptions.inNamespace("a").withPage(10, "");
        ListPage first = widgets.list(options);
        assertEquals(OptionalLong.of(15), first.remainingItemCount());
        ObjectImage gone =
                widgets.get(new ObjectKey("a", "w25"), ReadVersion.MOST_RECENT).orElseThrow();
        assertInstanceOf(WriteResult.Written.class, widgets.delete(gone.key(), gone));
        fixture.create("a", "w25x", "n1");

        List<String> names = new ArrayList<>(names(first));
        String token = first.continueToken();
        while (!token.isEmpty()) {
            ListPage page = widgets.list(options.withPage(10, token));
            assertEquals(first.revision(), page.revision());
            names.addAll(names(page));
            token = page.continueToken();
        }
        assertEquals(25, names.size());
        assertTrue(names.contains("w25"));
        ListPage exact =
                widgets.list(ListOptions.inNamespace("a").withVersion(Long.toString(first.revision()), "Exact"));
        assertEquals(names, names(exact));
    }

    @Test
    void readsOldStatesFromTheStoreAndRefusesCompactedOnes() throws InterruptedException {
        ObjectImage one = fixture.create("a", "one", "n1");
        fixture.create("a", "two", "n1");
        try (ResourceCaches restarted = fixture.caches()) {
            ResourceCache cache = restarted.add(ResourceSetup.of(CacheFixture.widgets()));
            restarted.start();
            assertTrue(restarted.awaitSync(SOON));
            ListOptions old = ListOptions.ALL.withVersion(Long.toString(one.revision()), "Exact");
            assertEquals(List.of("one"), names(cache.list(old)));
            fixture.store.compact(one.revision() + 1);
            ApiException expired = assertThrows(ApiException.class, () -> cache.list(old));
            assertEquals(410, expired.code());
            assertEquals("The resourceVersion for the provided list is too old.", expired.message());
            String token = new ContinueToken(one.revision(), "a/one\0").encode();
            ApiException lost = assertThrows(ApiException.class, () -> cache.list(ListOptions.ALL.withPage(10, token)));
            assertEquals(410, lost.code());
            assertEquals(List.of("two"), names(cache.list(ListOptions.ALL.withPage(10, lost.continueToken()))));
        }
    }

    @Test
    void refusesStatesThatTheStoreForgotThoughMemoryHasThem() throws InterruptedException {
        ObjectImage one = fixture.create("a", "one", "n1");
        ObjectImage two = fixture.create("a", "two", "n1");
        String token = new ContinueToken(one.revision(), "a/one\0").encode();
        assertEquals(List.of(), names(widgets.list(ListOptions.ALL.withPage(10, token))));
        fixture.store.compact(two.revision());
        ApiException lost = assertThrows(ApiException.class, () -> widgets.list(ListOptions.ALL.withPage(10, token)));
        assertEquals(410, lost.code());
        assertEquals(List.of("two"), names(widgets.list(ListOptions.ALL.withPage(10, lost.continueToken()))));
    }

    @Test
    void refusesRevisionsThatHaveNotCome() {
        ApiException refused =
                assertThrows(ApiException.class, () -> widgets.list(ListOptions.ALL.withVersion("1000000", "")));
        assertEquals(504, refused.code());
        assertTrue(refused.message().startsWith("Timeout: Too large resource version: 1000000, current: "));
        assertEquals(1, refused.details().retryAfterSeconds().orElseThrow());
        assertEquals(
                "ResourceVersionTooLarge", refused.details().causes().getFirst().reason());
    }

    @Test
    void writesCompareOnTheRevision() {
        ObjectImage first = fixture.create("a", "one", "n1");
        ObjectImage second = fixture.update(first, "n2", Map.of());
        assertTrue(second.revision() > first.revision());
        WriteResult stale = widgets.update(first.key(), first, CacheFixture.widget("a", "one", "n3", Map.of()));
        WriteResult.Changed changed = assertInstanceOf(WriteResult.Changed.class, stale);
        assertEquals(second.revision(), changed.current().orElseThrow().revision());
        assertEquals(
                409,
                assertThrows(ApiException.class, () -> fixture.create("a", "one", "n1"))
                        .code());
        WriteResult.Written gone = assertInstanceOf(WriteResult.Written.class, widgets.delete(first.key(), second));
        assertTrue(gone.image().revision() > second.revision());
        WriteResult.Changed absent = assertInstanceOf(WriteResult.Changed.class, widgets.delete(first.key(), second));
        assertEquals(Optional.empty(), absent.current());
    }

    @Test
    void anUpdateThatChangesNothingIsNotWritten() {
        ObjectImage first = fixture.create("a", "one", "n1");
        long before = fixture.store.currentRevision();
        assertEquals(first.revision(), fixture.update(first, "n1", Map.of()).revision());
        assertEquals(before, fixture.store.currentRevision());
    }

    @Test
    void selectsByLabelsAndFields() throws InterruptedException {
        fixture.create("a", "one", "n1", Map.of("app", "x"));
        fixture.create("a", "two", "n2", Map.of("app", "x"));
        fixture.create("b", "three", "n2", Map.of("app", "y"));
        assertEquals(List.of("one", "two"), names(select("app=x", "")));
        assertEquals(List.of("two", "three"), names(select("", "spec.node=n2")));
        assertEquals(List.of("two"), names(select("app=x", "spec.node!=n1")));
        assertEquals(List.of("three"), names(select("", "metadata.namespace=b")));
        assertEquals(List.of("one"), names(select("", "metadata.name=one")));
        assertEquals(
                400,
                assertThrows(ApiException.class, () -> select("", "spec.other=1"))
                        .code());
    }

    @Test
    void watchersSeeObjectsComeIntoAndLeaveTheirSight() throws InterruptedException {
        ObjectImage image = fixture.create("a", "one", "n1", Map.of("app", "x"));
        widgets.list(ListOptions.ALL);
        WatchOptions options = WatchOptions.after(image.revision() - 1);
        try (WatchCursor cursor =
                        widgets.watch(options.withSelectors(LabelSelector.parse("app=x"), FieldSelector.everything()));
                WatchCursor byNode = widgets.watch(
                        options.withSelectors(LabelSelector.everything(), FieldSelector.parse("spec.node=n2")))) {
            ObjectImage left = fixture.update(image, "n2", Map.of("app", "y"));
            ObjectImage back = fixture.update(left, "n1", Map.of("app", "x"));
            ObjectImage changed = fixture.update(back, "n1", Map.of("app", "x", "more", "z"));
            widgets.delete(changed.key(), changed);
            assertEquals("ADDED " + image.revision(), next(cursor));
            CacheEvent.Change departed = (CacheEvent.Change) cursor.next(SOON);
            assertEquals(CacheEvent.Type.DELETED, departed.type());
            assertEquals(left.revision(), departed.image().revision());
            assertEquals(Map.of("app", "x"), departed.image().labels());
            assertEquals("ADDED " + back.revision(), next(cursor));
            assertEquals("MODIFIED " + changed.revision(), next(cursor));
            assertEquals("DELETED " + (changed.revision() + 1), next(cursor));
            assertEquals("ADDED " + left.revision(), next(byNode));
            assertEquals("DELETED " + back.revision(), next(byNode));
        }
    }

    @Test
    void initialEventsEndWithABookmark() throws InterruptedException {
        fixture.create("a", "one", "n1");
        ObjectImage two = fixture.create("b", "two", "n1");
        try (WatchCursor cursor = widgets.watch(WatchOptions.withInitialEvents())) {
            assertTrue(next(cursor).startsWith("ADDED"));
            assertTrue(next(cursor).startsWith("ADDED"));
            CacheEvent.Bookmark end = assertInstanceOf(CacheEvent.Bookmark.class, cursor.next(SOON));
            assertEquals(new CacheEvent.Bookmark(two.revision(), true), end);
            assertEquals(
                    "{\"type\":\"BOOKMARK\",\"object\":{\"apiVersion\":\"example.com/v1\",\"kind\":\"Widget\","
                            + "\"metadata\":{\"annotations\":{\"k8s.io/initial-events-end\":\"true\"},"
                            + "\"resourceVersion\":\"" + two.revision() + "\"}}}\n",
                    text(widgets.form(V1).bookmark(end, Encoding.JSON)));
            ObjectImage three = fixture.create("b", "three", "n1");
            assertEquals("ADDED " + three.revision(), next(cursor));
            widgets.list(ListOptions.ALL);
            assertEquals(new CacheEvent.Bookmark(three.revision(), false), cursor.bookmark());
        }
    }

    @Test
    void aWatchFromAForgottenRevisionIsToldSo() throws InterruptedException {
        fixture.create("a", "one", "n1");
        fixture.create("a", "two", "n1");
        try (ResourceCaches restarted = fixture.caches()) {
            ResourceCache cache = restarted.add(ResourceSetup.of(CacheFixture.widgets()));
            restarted.start();
            assertTrue(restarted.awaitSync(SOON));
            try (WatchCursor cursor = cache.watch(WatchOptions.after(1))) {
                CacheEvent.Expired expired = assertInstanceOf(CacheEvent.Expired.class, cursor.next(SOON));
                assertEquals("too old resource version: 1 (3)", expired.message());
            }
        }
    }

    @Test
    void aWatchGoesOnAtTheNextServer() throws InterruptedException {
        ObjectImage one = fixture.create("a", "one", "n1");
        ObjectImage two = fixture.create("a", "two", "n1");
        ObjectImage three = fixture.update(two, "n2", Map.of());
        try (ResourceCaches restarted = fixture.caches(100)) {
            ResourceCache cache = restarted.add(ResourceSetup.of(CacheFixture.widgets()));
            restarted.start();
            assertTrue(restarted.awaitSync(SOON));
            assertEquals(
                    2, cache.list(ListOptions.ALL.withVersion("0", "")).images().size());
            try (WatchCursor cursor = cache.watch(WatchOptions.after(one.revision()))) {
                assertEquals("ADDED " + two.revision(), next(cursor));
                assertEquals("MODIFIED " + three.revision(), next(cursor));
            }
        }
    }

    @Test
    void aResourceThatIsAddedLaterIsLoadedAndFollowed() throws InterruptedException {
        ObjectImage one = fixture.create("a", "one", "n1");
        try (ResourceCaches late = fixture.caches()) {
            late.start();
            assertTrue(late.awaitSync(SOON));
            ResourceCache cache = late.add(ResourceSetup.of(CacheFixture.widgets()));
            assertTrue(late.awaitSync(SOON));
            assertEquals(List.of("one"), names(cache.list(ListOptions.ALL)));
            fixture.update(one, "n2", Map.of());
            assertEquals(
                    Optional.of("n2"),
                    cache.get(one.key(), ReadVersion.MOST_RECENT).orElseThrow().field("spec.node"));
        }
    }

    @Test
    void aSlowWatcherLosesNothingThatTheLogHolds() throws InterruptedException {
        ObjectImage image = fixture.create("a", "one", "n1");
        widgets.list(ListOptions.ALL);
        try (WatchCursor slow = widgets.watch(WatchOptions.after(image.revision()));
                WatchCursor other = widgets.watch(WatchOptions.after(image.revision())
                        .withSelectors(LabelSelector.everything(), FieldSelector.parse("spec.node=n7")))) {
            assertInstanceOf(CacheEvent.Idle.class, slow.next(Duration.ZERO));
            for (int i = 0; i < 3000; i++) {
                image = fixture.update(image, "n" + (i % 2), Map.of());
            }
            widgets.list(ListOptions.ALL);
            long last = 0;
            for (int i = 0; i < 3000; i++) {
                CacheEvent.Change change = assertInstanceOf(CacheEvent.Change.class, slow.next(SOON));
                assertTrue(change.image().revision() > last);
                last = change.image().revision();
            }
            assertEquals(image.revision(), last);
            assertInstanceOf(CacheEvent.Idle.class, other.next(Duration.ZERO));
            assertEquals(new CacheEvent.Bookmark(last, false), other.bookmark());
        }
    }

    private ListPage select(String labels, String fields) throws InterruptedException {
        return widgets.list(ListOptions.ALL.withSelectors(LabelSelector.parse(labels), FieldSelector.parse(fields)));
    }

    private static String next(WatchCursor cursor) throws InterruptedException {
        CacheEvent.Change change = assertInstanceOf(CacheEvent.Change.class, cursor.next(SOON));
        return change.type() + " " + change.image().revision();
    }

    private static List<String> names(ListPage page) {
        return page.images().stream().map(image -> image.key().name()).toList();
    }

    private static String text(Body body) {
        return new String(body.toByteArray(), StandardCharsets.UTF_8);
    }
}
