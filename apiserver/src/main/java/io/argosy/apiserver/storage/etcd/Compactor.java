package io.argosy.apiserver.storage.etcd;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.CompactionRequest;
import io.etcd.jetcd.api.Compare;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.TxnRequest;
import io.etcd.jetcd.api.TxnResponse;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forgets what is older than one interval. All servers of a cluster, upstream's too, agree through one key: its version
 * counts the rounds. Who raises it from the version it saw last compacts up to the revision it saw then; who does not
 * only learns the new version.
 */
public final class Compactor implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(Compactor.class);
    private static final ByteString KEY = ByteString.copyFromUtf8("compact_rev_key");

    private final Channel channel;
    private final Duration timeout;
    private final Duration interval;
    private final LongConsumer compacted;
    private Round last = new Round(0, 0);

    /**
     * What was seen an interval ago.
     *
     * @param version of the key
     * @param revision of the store
     */
    private record Round(long version, long revision) {}

    /** @param compacted told of each revision that this or another server has compacted up to */
    Compactor(Channel channel, Duration timeout, Duration interval, LongConsumer compacted) {
        this.channel = channel;
        this.timeout = timeout;
        this.interval = interval;
        this.compacted = compacted;
    }

    /** Compacts once in an interval until the thread is interrupted. */
    @Override
    public void run() {
        try {
            while (true) {
                Thread.sleep(interval);
                round();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** One round, now. */
    void round() {
        try {
            last = next(last);
        } catch (StatusRuntimeException error) {
            log.warn("compaction failed revision={} why={}", last.revision(), error.getStatus());
        }
    }

    private Round next(Round before) {
        TxnResponse response = kv().txn(TxnRequest.newBuilder()
                .addCompare(Compare.newBuilder()
                        .setKey(KEY)
                        .setTarget(Compare.CompareTarget.VERSION)
                        .setResult(Compare.CompareResult.EQUAL)
                        .setVersion(before.version()))
                .addSuccess(RequestOp.newBuilder()
                        .setRequestPut(PutRequest.newBuilder()
                                .setKey(KEY)
                                .setValue(ByteString.copyFromUtf8(Long.toString(before.revision())))))
                .addFailure(RequestOp.newBuilder()
                        .setRequestRange(RangeRequest.newBuilder().setKey(KEY)))
                .build());
        long revision = response.getHeader().getRevision();
        if (!response.getSucceeded()) {
            KeyValue other = response.getResponses(0).getResponseRange().getKvs(0);
            compacted.accept(revision(other.getValue().toStringUtf8()));
            return new Round(other.getVersion(), revision);
        }
        Round now = new Round(before.version() + 1, revision);
        if (before.revision() > 0) {
            var _ = kv().compact(CompactionRequest.newBuilder()
                    .setRevision(before.revision())
                    .build());
            compacted.accept(before.revision());
            log.debug("compacted revision={}", before.revision());
        }
        return now;
    }

    /** What another server wrote; 0, which says nothing, when it is no revision. */
    private static long revision(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException foreign) {
            log.warn("the compaction key holds no revision value={}", text);
            return 0;
        }
    }

    private KVGrpc.KVBlockingStub kv() {
        return KVGrpc.newBlockingStub(channel).withDeadlineAfter(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }
}
