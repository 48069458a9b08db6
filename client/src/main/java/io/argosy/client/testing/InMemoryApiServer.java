package io.argosy.client.testing;

import io.argosy.client.request.ApiClient;
import io.argosy.client.request.ObjectJson;
import io.argosy.client.request.RequestMetrics;
import io.argosy.client.request.RestClient;
import io.argosy.client.request.RetryPolicy;
import io.argosy.client.transport.HttpAnswer;
import io.argosy.client.transport.HttpCall;
import io.argosy.client.transport.HttpStream;
import io.argosy.client.transport.Transport;
import io.argosy.daemon.clock.Clock;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An API server in memory, behind the same transport as the real one: versions, preconditions, generations, finalizers,
 * graceful deletion, selectors, watches with bookmarks and streaming lists, the four patches, status and the pods'
 * binding. It validates nothing and knows every resource. Thread-safe; the order of everything is that of its one lock.
 *
 * <p>{@link #before} puts faults in front of requests; {@link #calls} tells what was asked.
 */
public final class InMemoryApiServer implements Transport {

    private final Clock clock;
    private final MemoryStore store;
    private final List<Fault> faults = new CopyOnWriteArrayList<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();

    /** Something that happens before a request is served. */
    @FunctionalInterface
    public interface Fault {

        /** Throws to break the connection, answers to refuse, or returns empty to let the request pass. */
        Optional<HttpAnswer> strike(HttpCall call) throws IOException;
    }

    public InMemoryApiServer(Clock clock) {
        this.clock = clock;
        this.store = new MemoryStore(clock);
    }

    /** A client of this server that does not retry by itself. */
    public ApiClient client() {
        return new RestClient(this, clock, RetryPolicy.NEVER, Optional.empty(), RequestMetrics.none());
    }

    public InMemoryApiServer before(Fault fault) {
        faults.add(fault);
        return this;
    }

    /** Creates objects as they are, with their status. */
    public InMemoryApiServer with(HasMetadata... objects) {
        for (HasMetadata object : objects) {
            JsonNode tree = ObjectJson.toTree(object);
            store.seed((ObjectNode) tree, object);
        }
        return this;
    }

    /** {@code METHOD path} of every request that was served, in order. */
    public List<String> calls() {
        return new ArrayList<>(calls);
    }

    /** Ends every watch, as a restart of the server does. */
    public void dropWatches() {
        store.dropWatches();
    }

    /** Forgets all events: watches from before get 410. */
    public void compact() {
        store.compact();
    }

    @Override
    public HttpAnswer call(HttpCall call) throws IOException {
        Optional<HttpAnswer> struck = strike(call);
        if (struck.isPresent()) {
            return struck.get();
        }
        Reply reply = MemoryRoutes.serve(store, call);
        return new HttpAnswer(reply.status(), Map.of("content-type", "application/json"), reply.bytes());
    }

    @Override
    public HttpStream open(HttpCall call) throws IOException {
        Optional<HttpAnswer> struck = strike(call);
        if (struck.isPresent()) {
            return whole(
                    struck.get().status(), struck.get().headers(), struck.get().body());
        }
        if ("true".equals(call.query().get("watch"))) {
            return MemoryRoutes.watch(store, call);
        }
        Reply reply = MemoryRoutes.serve(store, call);
        return whole(reply.status(), Map.of(), reply.bytes());
    }

    private Optional<HttpAnswer> strike(HttpCall call) throws IOException {
        calls.add(call.method() + " " + call.path());
        for (Fault fault : faults) {
            Optional<HttpAnswer> answer = fault.strike(call);
            if (answer.isPresent()) {
                return answer;
            }
        }
        return Optional.empty();
    }

    static HttpStream whole(int status, Map<String, String> headers, byte[] body) {
        InputStream in = new ByteArrayInputStream(body);
        return new HttpStream() {
            @Override
            public int status() {
                return status;
            }

            @Override
            public Map<String, String> headers() {
                return headers;
            }

            @Override
            public InputStream body() {
                return in;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void close() {
        store.dropWatches();
    }
}
