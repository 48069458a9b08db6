package io.argosy.apiserver.cache;

import io.argosy.apimodel.meta.FieldSelector;
import io.argosy.apimodel.meta.GroupResource;
import io.argosy.apimodel.meta.LabelSelector;
import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apiserver.storage.ListOutcome;
import io.argosy.apiserver.storage.StoredValue;
import io.argosy.apiserver.storage.encryption.Transformer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** Reads of one resource: which state a request wants, and what of it. */
final class ResourceReader {

    /** How long a read waits for a revision that has not come yet, as upstream does, and for a resource that is new. */
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(3);

    /** Keys asked of the store at a time, for states that are older than the event log. */
    private static final int STORE_PAGE = 500;

    private final GroupResource resource;
    private final KeyPlace place;
    private final Layout layout;
    private final ResourceState state;
    private final Transformer transformer;
    private final CacheContext context;

    ResourceReader(
            GroupResource resource,
            KeyPlace place,
            Layout layout,
            ResourceState state,
            Transformer transformer,
            CacheContext context) {
        this.resource = resource;
        this.place = place;
        this.layout = layout;
        this.state = state;
        this.transformer = transformer;
        this.context = context;
    }

    Optional<ObjectImage> get(ObjectKey key, ReadVersion version) throws InterruptedException {
        View view = view(version).orElseThrow(() -> ApiException.gone(CacheErrors.LIST_EXPIRED));
        Optional<ObjectImage> image = view.tree().get(key);
        if (image.isEmpty() && state.unreadable().containsKey(key)) {
            throw CacheErrors.unreadable(place.storeKey(key), state.unreadable().get(key));
        }
        return image;
    }

    /** A state of all objects and the revision it is told with. */
    private record View(ImageTree tree, long revision) {}

    /** The state that a read wants, waited for; empty when it is older than the event log. */
    private Optional<View> view(ReadVersion version) throws InterruptedException {
        if (!state.awaitLoaded(FRESH_NANOS)) {
            throw CacheErrors.notReady();
        }
        return switch (version) {
            case ReadVersion.Any _ -> Optional.of(current());
            case ReadVersion.MostRecent _ -> {
                context.readIndex().await();
                yield Optional.of(current());
            }
            case ReadVersion.NotOlderThan(long revision) -> {
                await(revision);
                yield Optional.of(current());
            }
            case ReadVersion.Exact(long revision) -> {
                await(revision);
                if (revision < context.store().compactedRevision()) {
                    // Memory may still hold it, but a list that began must end the same way at every server.
                    yield Optional.empty();
                }
                View now = current();
                long last = state.current().revision();
                yield revision >= last && revision <= now.revision()
                        ? Optional.of(new View(now.tree(), revision))
                        : state.events().stateAt(revision).map(tree -> new View(tree, revision));
            }
        };
    }

    private void await(long revision) throws InterruptedException {
        if (!context.clock().await(revision, FRESH_NANOS)) {
            throw CacheErrors.tooLarge(revision, context.clock().now());
        }
    }

    /** All changes up to the clock's revision are in the snapshot that is taken after the clock was read. */
    private View current() {
        long reached = context.clock().now();
        ResourceState.Snapshot snapshot = state.current();
        return new View(snapshot.tree(), Math.max(reached, snapshot.revision()));
    }

    ListPage list(ListOptions options) throws InterruptedException {
        Selection selection = selection(options.namespace(), options.name(), options.labels(), options.fields());
        ListRequest request = ListRequest.of(options, place.below(selection.namespace()));
        Optional<View> view = view(request.version());
        if (view.isEmpty()) {
            return listFromStore(selection, request);
        }
        refuseUnreadable(selection);
        return page(selection, request, view.get());
    }

    private ListPage page(Selection selection, ListRequest request, View view) {
        if (selection.name().isPresent() && selection.namespace().isPresent() == place.namespaced()) {
            ObjectKey key = new ObjectKey(
                    selection.namespace().orElse(""), selection.name().get());
            List<ObjectImage> found =
                    view.tree().get(key).filter(selection::matches).stream().toList();
            return new ListPage(found, view.revision(), "", OptionalLong.empty());
        }
        Optional<List<ObjectKey>> indexed = request.limit() == 0 ? keysByIndex(selection, view) : Optional.empty();
        if (indexed.isPresent()) {
            List<ObjectImage> found = new ArrayList<>(indexed.get().size());
            for (ObjectKey key : indexed.get()) {
                view.tree().get(key).filter(selection::matches).ifPresent(found::add);
            }
            context.metrics().listed(resource, indexed.get().size(), found.size(), false);
            return new ListPage(found, view.revision(), "", OptionalLong.empty());
        }
        ObjectKey start = KeyOrder.parse(request.below() + request.start(), place.namespaced());
        ImageTree.Images images = view.tree().from(start);
        List<ObjectImage> found = new ArrayList<>(expected(selection, request, view));
        int examined = 0;
        boolean more = false;
        while (images.hasNext()) {
            ObjectImage image = images.next();
            if (selection.isPast(image)) {
                break;
            }
            if (request.limit() > 0 && found.size() >= request.limit()) {
                more = true;
                break;
            }
            examined++;
            if (selection.matches(image)) {
                found.add(image);
            }
        }
        context.metrics().listed(resource, examined, found.size(), false);
        if (!more) {
            return new ListPage(found, view.revision(), "", OptionalLong.empty());
        }
        OptionalLong remaining = selection.hasNoSelectors()
                ? OptionalLong.of(countFrom(view.tree(), start, selection) - found.size())
                : OptionalLong.empty();
        return new ListPage(found, view.revision(), request.next(found.getLast(), view.revision()), remaining);
    }

    /** The keys that may match, from an index; empty when there is none for this state or this selection. */
    @SuppressWarnings("ReferenceEquality") // the same state, not an equal one
    private Optional<List<ObjectKey>> keysByIndex(Selection selection, View view) {
        ResourceState.Snapshot now = state.current();
        if (now.tree() != view.tree() || now.index().isEmpty()) {
            return Optional.empty();
        }
        FieldIndex index = now.index().get();
        Optional<List<ObjectKey>> keys = selection.required(index.field()).map(index::with);
        return state.current() == now ? keys : Optional.empty();
    }

    private static int expected(Selection selection, ListRequest request, View view) {
        if (!selection.selectsAll() || selection.namespace().isPresent()) {
            return 16;
        }
        int size = view.tree().size();
        return request.limit() > 0 ? (int) Math.min(size, request.limit()) : size;
    }

    private int countFrom(ImageTree tree, ObjectKey start, Selection selection) {
        // The character after a slash ends the range of keys below it.
        int end = selection.namespace().isPresent()
                ? tree.rank(new ObjectKey("", selection.namespace().get() + (char) ('/' + 1)))
                : tree.size();
        return end - tree.rank(start);
    }

    /** Reads a state that only the store still has. */
    private ListPage listFromStore(Selection selection, ListRequest request) {
        long revision = request.revision();
        String below = place.prefix() + request.below();
        String from = below + request.start();
        List<ObjectImage> found = new ArrayList<>();
        while (true) {
            ListOutcome outcome = context.store().list(below, from, revision, STORE_PAGE);
            if (!(outcome instanceof ListOutcome.Listed listed)) {
                throw outcome instanceof ListOutcome.Future
                        ? CacheErrors.tooLarge(revision, context.clock().now())
                        : request.expired();
            }
            for (int i = 0; i < listed.values().size(); i++) {
                StoredValue value = listed.values().get(i);
                if (request.limit() > 0 && found.size() >= request.limit()) {
                    OptionalLong remaining =
                            selection.hasNoSelectors() ? OptionalLong.of(listed.count() - i) : OptionalLong.empty();
                    return new ListPage(found, revision, request.next(found.getLast(), revision), remaining);
                }
                ObjectImage image = layout.read(
                        place.parse(value.key()),
                        transformer.open(value.key(), value.value()).plain(),
                        value.modRevision());
                if (selection.matches(image)) {
                    found.add(image);
                }
            }
            context.metrics().listed(resource, listed.values().size(), found.size(), true);
            if (!listed.more()) {
                return new ListPage(found, revision, "", OptionalLong.empty());
            }
            from = listed.values().getLast().key() + "\0";
        }
    }

    private void refuseUnreadable(Selection selection) {
        for (Map.Entry<ObjectKey, String> bad : state.unreadable().entrySet()) {
            if (selection.namespace().isEmpty()
                    || selection.namespace().get().equals(bad.getKey().namespace())) {
                throw CacheErrors.unreadable(place.storeKey(bad.getKey()), bad.getValue());
            }
        }
    }

    WatchCursor watch(WatchOptions options) throws InterruptedException {
        if (!state.awaitLoaded(FRESH_NANOS)) {
            throw CacheErrors.notReady();
        }
        Selection selection = selection(options.namespace(), options.name(), options.labels(), options.fields());
        long wanted = options.resourceVersion().isEmpty() ? 0 : CacheErrors.parseRevision(options.resourceVersion());
        boolean initial = options.sendInitialEvents().orElse(wanted == 0);
        if (options.resourceVersion().isEmpty()) {
            context.readIndex().await();
        } else if (initial && wanted > 0) {
            await(wanted);
        }
        context.metrics().watchStarted(resource);
        return initial || wanted == 0
                ? fromNow(
                        selection,
                        initial,
                        initial && options.sendInitialEvents().isPresent() && options.allowBookmarks())
                : fromRevision(selection, wanted);
    }

    private WatchCursor fromNow(Selection selection, boolean initial, boolean tellEnd) {
        int epoch = state.watchers().epoch();
        long reached = context.clock().now();
        ResourceState.Snapshot snapshot = state.current();
        long revision = Math.max(reached, snapshot.revision());
        Optional<Watcher.Initial> objects = Optional.empty();
        if (initial) {
            ObjectKey start = KeyOrder.parse(place.below(selection.namespace()), place.namespaced());
            objects = Optional.of(new Watcher.Initial(snapshot.tree().from(start), revision, tellEnd));
        }
        return register(new Watcher(
                state.events(),
                state.watchers(),
                context.clock(),
                selection,
                snapshot.nextEvent(),
                snapshot.revision(),
                epoch,
                objects));
    }

    private WatchCursor fromRevision(Selection selection, long revision) {
        int epoch = state.watchers().epoch();
        Optional<Long> next = state.events().after(revision);
        if (next.isEmpty()) {
            return new ExpiredCursor("too old resource version: " + revision + " ("
                    + state.events().floor() + ")");
        }
        return register(new Watcher(
                state.events(),
                state.watchers(),
                context.clock(),
                selection,
                next.get(),
                revision,
                epoch,
                Optional.empty()));
    }

    private WatchCursor register(Watcher watcher) {
        state.watchers().add(watcher);
        return watcher;
    }

    private Selection selection(
            Optional<String> namespace, Optional<String> name, LabelSelector labels, FieldSelector fields) {
        for (FieldSelector.Term term : fields.terms()) {
            if (!layout.fields().has(term.field())) {
                throw ApiException.badRequest(
                        layout.fields().count() > 0
                                ? "field label not supported: " + term.field()
                                : "\"" + term.field() + "\" is not a known field selector: only"
                                        + " \"metadata.name\", \"metadata.namespace\"");
            }
        }
        return Selection.of(place.namespaced() ? namespace : Optional.empty(), name, labels, fields, layout.fields());
    }
}
