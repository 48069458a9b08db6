package io.argosy.apiserver.handler;

import io.argosy.apimodel.codec.Envelope;
import io.argosy.apimodel.codec.JsonWriter;
import io.argosy.apimodel.codec.ProtobufWriter;
import io.argosy.apimodel.codec.Sink;
import io.argosy.apimodel.meta.GroupVersion;
import io.argosy.apimodel.schema.ObjectSchema;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.cache.Body;
import io.argosy.apiserver.cache.CacheEvent;
import io.argosy.apiserver.cache.Encoding;
import io.argosy.apiserver.cache.WatchCursor;
import io.argosy.apiserver.cache.WatchOptions;
import io.argosy.apiserver.request.Accepted;
import io.argosy.apiserver.request.ApiRequest;
import io.argosy.apiserver.request.Format;
import io.argosy.apiserver.request.ListQuery;
import io.argosy.daemon.http.HttpExchange;
import io.argosy.daemon.http.ResponseStream;
import io.argosy.daemon.http.WebSocket;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/** Answers watches: events as they come, bookmarks once a minute, until the time is over or the client goes away. */
public final class WatchHandler {

    private static final Duration BOOKMARKS = Duration.ofMinutes(1);

    private final ReadHandler reads;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Duration shortest;
    private final Set<WatchCursor> running = ConcurrentHashMap.newKeySet();
    private volatile boolean draining;

    /** @param shortest {@code --min-request-timeout}: watches that do not say last once to twice as long */
    public WatchHandler(ReadHandler reads, InstantSource clock, RandomGenerator random, Duration shortest) {
        this.reads = reads;
        this.clock = clock;
        this.random = random;
        this.shortest = shortest;
    }

    /** Ends all watches; new ones end at once. */
    public void drain() {
        draining = true;
        running.forEach(WatchCursor::close);
    }

    public int running() {
        return running.size();
    }

    void watch(ApiRequest request, HttpExchange exchange, Served served) throws IOException, InterruptedException {
        Accepted accepted = Accepted.of(request.http(), request.query(), served.offer(), true);
        ListQuery query = ListQuery.of(request.query(), true);
        ReadHandler.checkFields(served, query.fields());
        Duration time = query.timeout()
                .filter(given -> !given.isZero())
                .orElseGet(() -> Duration.ofMillis((long) (shortest.toMillis() * (1 + random.nextDouble()))));
        WatchOptions options = new WatchOptions(
                ReadHandler.namespace(request, served),
                ReadHandler.name(request, query.fields()),
                query.labels(),
                query.fields(),
                query.resourceVersion(),
                query.resourceVersionMatch(),
                query.sendInitialEvents(),
                query.bookmarks());
        try (WatchCursor cursor = served.stored().cache().watch(options)) {
            running.add(cursor);
            exchange.onDisconnect(cursor::close);
            try (ResponseStream stream = open(request, exchange, accepted.format(), cursor)) {
                Frames frames = new Frames(request, served, accepted, stream);
                follow(cursor, frames, stream, clock.instant().plus(time), query.bookmarks());
            } finally {
                running.remove(cursor);
            }
        }
    }

    /** A stream of the connection, or a WebSocket with an event in each message. */
    private static ResponseStream open(ApiRequest request, HttpExchange exchange, Format format, WatchCursor cursor)
            throws IOException {
        if (WebSocket.isRequested(exchange.request())) {
            String protocol =
                    WebSocket.protocols(exchange.request()).stream().findFirst().orElse("");
            WebSocket.Form form = format == Format.JSON ? WebSocket.Form.TEXT : WebSocket.Form.BINARY;
            return WebSocket.accept(exchange, protocol, form, cursor::close);
        }
        return exchange.stream(200, Answers.headers(request.notes(), mediaType(format)));
    }

    private static String mediaType(Format format) {
        return format == Format.JSON ? format.mediaType() : format.mediaType() + ";stream=watch";
    }

    private void follow(WatchCursor cursor, Frames frames, ResponseStream stream, Instant end, boolean bookmarks)
            throws IOException, InterruptedException {
        Instant bookmarkAt = clock.instant().plus(BOOKMARKS);
        boolean unsent = false;
        while (!stream.disconnected() && !draining) {
            Instant now = clock.instant();
            if (!now.isBefore(end)) {
                return;
            }
            Instant next = bookmarks && bookmarkAt.isBefore(end) ? bookmarkAt : end;
            Duration most = unsent ? Duration.ZERO : Duration.between(now, next);
            switch (cursor.next(most.isNegative() ? Duration.ZERO : most)) {
                case CacheEvent.Change change -> {
                    frames.change(change);
                    unsent = true;
                }
                case CacheEvent.Bookmark bookmark -> {
                    frames.bookmark(bookmark);
                    unsent = true;
                }
                case CacheEvent.Expired(String message) -> {
                    frames.error(ApiException.gone(message));
                    stream.flush();
                    return;
                }
                case CacheEvent.Idle _ -> {
                    if (unsent) {
                        stream.flush();
                        unsent = false;
                    } else if (bookmarks && !clock.instant().isBefore(bookmarkAt)) {
                        bookmarkAt = clock.instant().plus(BOOKMARKS);
                        if (cursor.bookmark() instanceof CacheEvent.Bookmark bookmark) {
                            frames.bookmark(bookmark);
                            unsent = true;
                        }
                    }
                }
            }
        }
    }

    /** Writes events in the form that one client wants. */
    private final class Frames {
        private final ApiRequest request;
        private final Served served;
        private final Accepted accepted;
        private final ResponseStream stream;
        private final Encoding encoding;
        private boolean headers = true;

        Frames(ApiRequest request, Served served, Accepted accepted, ResponseStream stream) {
            this.request = request;
            this.served = served;
            this.accepted = accepted;
            this.stream = stream;
            this.encoding = Answers.encoding(accepted.format());
        }

        /** Sends an event at once where it is a message of its own. */
        private void end() throws IOException {
            if (stream instanceof WebSocket) {
                stream.flush();
            }
        }

        void change(CacheEvent.Change change) throws IOException {
            if (accepted.as().isEmpty()) {
                write(change.frame(served.form(), encoding));
            } else {
                transformed(change.type().name(), change.image().tree(served.form()));
            }
            end();
        }

        void bookmark(CacheEvent.Bookmark bookmark) throws IOException {
            if (accepted.as().isEmpty()) {
                write(served.form().bookmark(bookmark, encoding));
                end();
                return;
            }
            ObjectValue object = new ObjectValue()
                    .put("kind", served.kind().kind())
                    .put("apiVersion", served.kind().apiVersion());
            ObjectValue metadata =
                    object.objectOrNew("metadata").put("resourceVersion", Long.toString(bookmark.revision()));
            if (bookmark.initialEventsEnd()) {
                metadata.objectOrNew("annotations").put("k8s.io/initial-events-end", "true");
            }
            transformed("BOOKMARK", object);
            end();
        }

        private void transformed(String type, ObjectValue object) throws IOException {
            ObjectValue shown = reads.transform(request, served, object, accepted, headers);
            headers = false;
            tree(type, shown, TreeCodec.metaSchema("PartialObjectMetadata"));
        }

        void error(ApiException error) throws IOException {
            tree("ERROR", StatusObject.of(error), TreeCodec.metaSchema("Status"));
        }

        private void tree(String type, ObjectValue object, ObjectSchema schema) throws IOException {
            if (accepted.format() == Format.PROTOBUF) {
                GroupVersion version =
                        GroupVersion.parse(object.string("apiVersion").orElse("v1"));
                byte[] whole = Envelope.write(
                        version.kind(object.string("kind").orElse("")), ProtobufWriter.write(object, schema));
                stream.write(protobufFrame(type, whole));
                return;
            }
            byte[] event = JsonWriter.write(new ObjectValue().put("type", type).put("object", object));
            stream.write(event);
            stream.write(new byte[] {'\n'});
        }

        private void write(Body body) throws IOException {
            body.forEach(stream::write);
        }
    }

    /** {@code WatchEvent {type = 1, object = 2 {raw = 1}}} after its length in four bytes. */
    private static byte[] protobufFrame(String type, byte[] object) {
        Sink raw = new Sink(object.length + 16);
        field(raw, 1, object);
        byte[] extension = raw.toByteArray();
        Sink event = new Sink(extension.length + 32);
        field(event, 1, type.getBytes(StandardCharsets.US_ASCII));
        field(event, 2, extension);
        byte[] message = event.toByteArray();
        Sink frame = new Sink(message.length + 4);
        for (int shift = 24; shift >= 0; shift -= 8) {
            frame.put(message.length >>> shift & 0xff);
        }
        return frame.put(message).toByteArray();
    }

    private static void field(Sink sink, int number, byte[] bytes) {
        sink.put(number << 3 | 2);
        int length = bytes.length;
        while (length > 0x7f) {
            sink.put(length & 0x7f | 0x80);
            length >>>= 7;
        }
        sink.put(length).put(bytes);
    }
}
