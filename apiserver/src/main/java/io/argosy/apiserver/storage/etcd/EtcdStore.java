package io.argosy.apiserver.storage.etcd;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.argosy.apiserver.storage.GetResult;
import io.argosy.apiserver.storage.ListOutcome;
import io.argosy.apiserver.storage.Store;
import io.argosy.apiserver.storage.StoreException;
import io.argosy.apiserver.storage.StoreWatch;
import io.argosy.apiserver.storage.StoredValue;
import io.argosy.apiserver.storage.WriteOutcome;
import io.etcd.jetcd.api.CompactionRequest;
import io.etcd.jetcd.api.Compare;
import io.etcd.jetcd.api.DeleteRangeRequest;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RangeResponse;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.TxnRequest;
import io.etcd.jetcd.api.TxnResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * etcd 3.4 or later, over jetcd's stubs. One object is written per transaction, so no two share a revision. Calls end
 * within the time limit of the configuration; writes are sent once.
 */
public final class EtcdStore implements Store {

    private static final ByteString NO_KEY = ByteString.copyFromUtf8("\0");

    private final EtcdConfig config;
    private final ExecutorService executor;
    private final EtcdChannels channels;
    private final LeasePool leases;
    private final AtomicLong compacted = new AtomicLong();

    /** @param threads for the callbacks of gRPC; virtual ones do */
    public EtcdStore(EtcdConfig config, InstantSource time, ThreadFactory threads) {
        this.config = config;
        this.executor = Executors.newThreadPerTaskExecutor(threads);
        this.channels = new EtcdChannels(config, executor);
        this.leases = new LeasePool(channels.calls(), time, config.callTimeout());
    }

    /** Compacts as the servers of a cluster agree on; the caller runs it. */
    public Compactor compactor(Duration interval) {
        return new Compactor(channels.calls(), config.callTimeout(), interval, this::noteCompacted);
    }

    private KVGrpc.KVBlockingStub kv() {
        return KVGrpc.newBlockingStub(channels.calls())
                .withDeadlineAfter(config.callTimeout().toNanos(), TimeUnit.NANOSECONDS);
    }

    private StoreException failed(StatusRuntimeException error) {
        noteConnection(error);
        return EtcdErrors.read(error);
    }

    private void noteConnection(StatusRuntimeException error) {
        if (error.getStatus().getCode() == Status.Code.UNAVAILABLE) {
            channels.reconnectSoon();
        }
    }

    /** A linearizable read of a key that never exists: the answer's header has the revision. */
    @Override
    public long currentRevision() {
        try {
            return kv().range(RangeRequest.newBuilder()
                            .setKey(NO_KEY)
                            .setCountOnly(true)
                            .build())
                    .getHeader()
                    .getRevision();
        } catch (StatusRuntimeException error) {
            throw failed(error);
        }
    }

    @Override
    public GetResult get(String key) {
        try {
            RangeResponse response = kv().range(RangeRequest.newBuilder()
                    .setKey(ByteString.copyFromUtf8(key))
                    .build());
            Optional<StoredValue> value =
                    response.getKvsCount() == 0 ? Optional.empty() : Optional.of(value(key, response.getKvs(0)));
            return new GetResult(value, response.getHeader().getRevision());
        } catch (StatusRuntimeException error) {
            throw failed(error);
        }
    }

    private static StoredValue value(String key, KeyValue pair) {
        return new StoredValue(key, pair.getValue().toByteArray(), pair.getCreateRevision(), pair.getModRevision());
    }

    @Override
    public ListOutcome list(String prefix, String from, long revision, int limit) {
        String start = from.compareTo(prefix) > 0 ? from : prefix;
        try {
            RangeResponse response = kv().range(RangeRequest.newBuilder()
                    .setKey(ByteString.copyFromUtf8(start))
                    .setRangeEnd(endOf(prefix))
                    .setRevision(revision)
                    .setLimit(limit)
                    .build());
            List<StoredValue> values = new ArrayList<>(response.getKvsCount());
            for (KeyValue pair : response.getKvsList()) {
                values.add(value(pair.getKey().toStringUtf8(), pair));
            }
            return new ListOutcome.Listed(
                    values,
                    response.getMore(),
                    response.getCount(),
                    revision == 0 ? response.getHeader().getRevision() : revision);
        } catch (StatusRuntimeException error) {
            if (EtcdErrors.isCompacted(error)) {
                return new ListOutcome.Compacted();
            }
            if (EtcdErrors.isFuture(error)) {
                return new ListOutcome.Future();
            }
            throw failed(error);
        }
    }

    /** The first key after all that have a prefix; prefixes end with a slash or another character below 0x7f. */
    static ByteString endOf(String prefix) {
        int last = prefix.length() - 1;
        return ByteString.copyFromUtf8(prefix.substring(0, last) + (char) (prefix.charAt(last) + 1));
    }

    @Override
    public WriteOutcome put(String key, long expectedRevision, byte[] value, Optional<Duration> timeToLive) {
        ByteString name = ByteString.copyFromUtf8(key);
        PutRequest.Builder put = PutRequest.newBuilder().setKey(name).setValue(UnsafeByteOperations.unsafeWrap(value));
        try {
            timeToLive.ifPresent(life -> put.setLease(leases.lease(life)));
        } catch (StatusRuntimeException error) {
            noteConnection(error);
            // Nothing was written yet: a lease without keys goes by itself.
            return new WriteOutcome.Refused("no lease: " + error.getStatus());
        }
        return write(
                name,
                key,
                expectedRevision,
                RequestOp.newBuilder().setRequestPut(put).build());
    }

    @Override
    public WriteOutcome delete(String key, long expectedRevision) {
        ByteString name = ByteString.copyFromUtf8(key);
        RequestOp delete = RequestOp.newBuilder()
                .setRequestDeleteRange(DeleteRangeRequest.newBuilder().setKey(name))
                .build();
        return write(name, key, expectedRevision, delete);
    }

    private WriteOutcome write(ByteString name, String key, long expectedRevision, RequestOp operation) {
        TxnRequest transaction = TxnRequest.newBuilder()
                .addCompare(Compare.newBuilder()
                        .setKey(name)
                        .setTarget(Compare.CompareTarget.MOD)
                        .setResult(Compare.CompareResult.EQUAL)
                        .setModRevision(expectedRevision))
                .addSuccess(operation)
                .addFailure(RequestOp.newBuilder()
                        .setRequestRange(RangeRequest.newBuilder().setKey(name)))
                .build();
        try {
            TxnResponse response = kv().txn(transaction);
            long revision = response.getHeader().getRevision();
            if (response.getSucceeded()) {
                return new WriteOutcome.Written(revision);
            }
            RangeResponse current = response.getResponses(0).getResponseRange();
            return new WriteOutcome.Conflict(
                    current.getKvsCount() == 0 ? Optional.empty() : Optional.of(value(key, current.getKvs(0))),
                    revision);
        } catch (StatusRuntimeException error) {
            noteConnection(error);
            return EtcdErrors.write(error);
        }
    }

    @Override
    public StoreWatch watch(String prefix, long afterRevision) {
        return new EtcdWatch(channels, this, prefix, afterRevision);
    }

    @Override
    public void compact(long revision) {
        try {
            var _ = kv().compact(
                            CompactionRequest.newBuilder().setRevision(revision).build());
            noteCompacted(revision);
        } catch (StatusRuntimeException error) {
            if (!EtcdErrors.isCompacted(error)) {
                throw failed(error);
            }
        }
    }

    private void noteCompacted(long revision) {
        compacted.accumulateAndGet(revision, Math::max);
    }

    @Override
    public long compactedRevision() {
        return compacted.get();
    }

    @Override
    public void close() {
        channels.close();
        executor.close();
    }
}
