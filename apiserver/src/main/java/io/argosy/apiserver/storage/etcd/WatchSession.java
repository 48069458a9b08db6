package io.argosy.apiserver.storage.etcd;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.WatchCreateRequest;
import io.etcd.jetcd.api.WatchGrpc;
import io.etcd.jetcd.api.WatchRequest;
import io.etcd.jetcd.api.WatchResponse;
import io.grpc.Channel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * One stream with one watch on it. At most {@link #AHEAD} responses wait here; more are asked for as they are taken.
 */
final class WatchSession implements ClientResponseObserver<WatchRequest, WatchResponse> {

    private static final int AHEAD = 16;
    private static final ByteString EVERY_KEY = ByteString.copyFromUtf8("\0");

    private final Runnable changed;
    private final ConcurrentLinkedQueue<WatchResponse> responses = new ConcurrentLinkedQueue<>();
    private volatile @Nullable ClientCallStreamObserver<WatchRequest> requests;
    private volatile boolean created;
    private volatile boolean over;
    private volatile String why = "not created in time";

    private WatchSession(Runnable changed) {
        this.changed = changed;
    }

    /**
     * Asks for all events from a revision on.
     *
     * @param changed called, by any thread, when there is something new to look at; must not block
     */
    static WatchSession open(Channel channel, long fromRevision, Runnable changed) {
        WatchSession session = new WatchSession(changed);
        WatchGrpc.newStub(channel)
                .watch(session)
                .onNext(WatchRequest.newBuilder()
                        .setCreateRequest(WatchCreateRequest.newBuilder()
                                .setKey(EVERY_KEY)
                                .setRangeEnd(EVERY_KEY)
                                .setStartRevision(fromRevision))
                        .build());
        return session;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<WatchRequest> stream) {
        requests = stream;
        stream.disableAutoRequestWithInitial(AHEAD);
    }

    @Override
    public void onNext(WatchResponse response) {
        responses.add(response);
        created = true;
        changed.run();
    }

    @Override
    public void onError(Throwable error) {
        why = String.valueOf(error.getMessage());
        over = true;
        changed.run();
    }

    @Override
    public void onCompleted() {
        why = "etcd ended the stream";
        over = true;
        changed.run();
    }

    boolean created() {
        return created;
    }

    /** Whether there is a response, or there will be none. */
    boolean ready() {
        return over || !responses.isEmpty();
    }

    String why() {
        return why;
    }

    /** The next response, by the one reader; null when the stream has ended and all have been taken. */
    @Nullable
    WatchResponse poll() {
        WatchResponse response = responses.poll();
        ClientCallStreamObserver<WatchRequest> stream = requests;
        if (response != null && stream != null) {
            stream.request(1);
        }
        return response;
    }

    void cancel() {
        ClientCallStreamObserver<WatchRequest> stream = requests;
        if (stream != null) {
            stream.cancel("the watch is over", null);
        }
    }
}
