package io.argosy.apiserver.cache;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One change of a resource in the event log: the images before and after, and the state of the whole resource after it.
 * Keeps the frames that watchers were sent, so that all watchers of a form share one array.
 */
final class LogEvent {

    private final long sequence;
    private final long revision;
    private final long atMillis;
    private final @Nullable ObjectImage before;
    private final ObjectImage after;
    private final boolean deleted;
    private final ImageTree state;
    private @Nullable ObjectImage departed;
    private volatile List<Frame> frames = List.of();

    /** What watchers of one form are sent for this event. */
    private record Frame(CacheEvent.Type type, VersionForm form, Encoding encoding, byte[] bytes) {}

    /**
     * @param after the image written or, if deleted, the last image at the revision of its deletion
     * @param state with this change in it
     */
    LogEvent(
            long sequence,
            long atMillis,
            Optional<ObjectImage> before,
            ObjectImage after,
            boolean deleted,
            ImageTree state) {
        this.sequence = sequence;
        this.revision = after.revision();
        this.atMillis = atMillis;
        this.before = before.orElse(null);
        this.after = after;
        this.deleted = deleted;
        this.state = state;
    }

    long sequence() {
        return sequence;
    }

    long revision() {
        return revision;
    }

    long atMillis() {
        return atMillis;
    }

    Optional<ObjectImage> before() {
        return Optional.ofNullable(before);
    }

    ObjectImage after() {
        return after;
    }

    boolean deleted() {
        return deleted;
    }

    ImageTree state() {
        return state;
    }

    /** Bytes that are kept only for this event. */
    int weight() {
        return before == null ? 0 : before.size();
    }

    /** What a watcher with a selection sees of this change; empty when nothing. */
    Optional<CacheEvent.Change> seenBy(Selection selection) {
        boolean was = before != null && selection.matches(before);
        boolean is = !deleted && selection.matches(after);
        if (is) {
            CacheEvent.Type type = was ? CacheEvent.Type.MODIFIED : CacheEvent.Type.ADDED;
            return Optional.of(new CacheEvent.Change(type, after, this));
        }
        if (!was) {
            return Optional.empty();
        }
        return Optional.of(new CacheEvent.Change(CacheEvent.Type.DELETED, deleted ? after : departed(), this));
    }

    /** The image before, at the revision of this change: what is told to watchers that the object has left. */
    private synchronized ObjectImage departed() {
        if (departed == null) {
            if (before == null) {
                throw new IllegalStateException("nothing was there before revision " + revision);
            }
            departed = before.at(revision);
        }
        return departed;
    }

    /** The frame of this event in a form, made once. */
    byte[] frame(CacheEvent.Change change, VersionForm form, Encoding encoding) {
        byte[] known = find(change.type(), form, encoding);
        return known != null ? known : makeFrame(change, form, encoding);
    }

    private synchronized byte[] makeFrame(CacheEvent.Change change, VersionForm form, Encoding encoding) {
        byte[] known = find(change.type(), form, encoding);
        if (known != null) {
            return known;
        }
        byte[] made = form.frame(change.type(), change.image(), encoding);
        List<Frame> more = new ArrayList<>(frames);
        more.add(new Frame(change.type(), form, encoding, made));
        frames = List.copyOf(more);
        return made;
    }

    private byte @Nullable [] find(CacheEvent.Type type, VersionForm form, Encoding encoding) {
        for (Frame frame : frames) {
            if (frame.type() == type && frame.form() == form && frame.encoding() == encoding) {
                return frame.bytes();
            }
        }
        return null;
    }

    /** Forgets the frames: the watchers that keep up have them. */
    void dropFrames() {
        frames = List.of();
    }
}
