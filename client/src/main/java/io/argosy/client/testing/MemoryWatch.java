package io.argosy.client.testing;

import io.argosy.client.request.ObjectJson;
import io.argosy.client.transport.HttpStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** One watch on the in-memory server: a cursor on its events, read as lines. */
final class MemoryWatch extends InputStream implements HttpStream {

    private final MemoryStore store;
    private final Address address;
    private final Selection selection;
    private final Deque<byte[]> lines = new ArrayDeque<>();
    private volatile boolean ended;
    private long seen;
    private byte[] current = {};
    private int position;

    MemoryWatch(MemoryStore store, Address address, Selection selection, long from) {
        this.store = store;
        this.address = address;
        this.selection = selection;
        this.seen = from;
    }

    void begin(List<ObjectNode> state, long version, String kindHint) {
        state.stream().filter(selection::matches).forEach(object -> line("ADDED", object));
        ObjectNode bookmark = ObjectJson.mapper().createObjectNode();
        bookmark.put("kind", kindHint);
        ObjectNode metadata = bookmark.withObject("/metadata");
        metadata.put("resourceVersion", Long.toString(version));
        metadata.withObject("/annotations").put("k8s.io/initial-events-end", "true");
        line("BOOKMARK", bookmark);
        seen = version;
    }

    void fail(Reply reply) {
        line("ERROR", (ObjectNode) reply.body());
        ended = true;
    }

    private void line(String type, ObjectNode object) {
        ObjectNode event = ObjectJson.mapper().createObjectNode();
        event.put("type", type);
        event.set("object", object);
        lines.add((ObjectJson.writeString(event) + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    boolean isEnded() {
        return ended;
    }

    private void tell(MemoryStore.Event event) {
        seen = event.version();
        if (!event.collection().equals(address.collection())) {
            return;
        }
        boolean was = selected(event.before());
        boolean is = selected(event.after());
        ObjectNode now = event.after();
        ObjectNode before = event.before();
        if (is && now != null) {
            line(was ? "MODIFIED" : "ADDED", now);
        } else if (was && before != null) {
            ObjectNode last = before.deepCopy();
            last.withObject("/metadata").put("resourceVersion", Long.toString(event.version()));
            line("DELETED", last);
        }
    }

    private boolean selected(@Nullable ObjectNode object) {
        return object != null && selection.matches(object);
    }

    private boolean fill() throws IOException {
        while (position >= current.length) {
            if (!lines.isEmpty()) {
                current = lines.remove();
                position = 0;
            } else if (ended) {
                return false;
            } else {
                await();
            }
        }
        return true;
    }

    private void await() throws IOException {
        try {
            store.after(seen, this).forEach(this::tell);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new java.io.InterruptedIOException("interrupted");
        }
    }

    @Override
    public int read() throws IOException {
        return fill() ? current[position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, current.length - position);
        System.arraycopy(current, position, bytes, offset, count);
        position += count;
        return count;
    }

    @Override
    public int status() {
        return 200;
    }

    @Override
    public Map<String, String> headers() {
        return Map.of();
    }

    @Override
    public InputStream body() {
        return this;
    }

    @Override
    public void close() {
        ended = true;
        store.leave(this);
    }
}
