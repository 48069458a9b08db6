package io.argosy.apiserver.cache;

import java.util.Optional;

/** What a watch cursor gives. */
public sealed interface CacheEvent {

    /** The kinds of change that a watcher sees. */
    enum Type {
        ADDED,
        MODIFIED,
        DELETED
    }

    /**
     * An object came into the watcher's sight, changed in it, or left it: then the image is the last state that the
     * watcher could see, at the revision of the change.
     */
    final class Change implements CacheEvent {
        private final Type type;
        private final ObjectImage image;
        private final Optional<LogEvent> source;

        Change(Type type, ObjectImage image, LogEvent source) {
            this.type = type;
            this.image = image;
            this.source = Optional.of(source);
        }

        /** An object that was there when the watch began. */
        Change(ObjectImage image) {
            this.type = Type.ADDED;
            this.image = image;
            this.source = Optional.empty();
        }

        public Type type() {
            return type;
        }

        public ObjectImage image() {
            return image;
        }

        /** The event as it is sent, shared by all watchers of the form. */
        public Body frame(VersionForm form, Encoding encoding) {
            return source.map(event -> Body.of(event.frame(this, form, encoding)))
                    .orElseGet(() -> form.frameBody(type, image, encoding));
        }

        @Override
        public String toString() {
            return type + " " + image;
        }
    }

    /**
     * All changes up to a revision have been given.
     *
     * @param initialEventsEnd all objects that were there when the watch began have been given
     */
    record Bookmark(long revision, boolean initialEventsEnd) implements CacheEvent {}

    /** The watcher was overtaken by the log: it is told an error with code 410 and this message, and must list anew. */
    record Expired(String message) implements CacheEvent {}

    /** Nothing came in the time given. */
    record Idle() implements CacheEvent {}
}
