package io.argosy.apiserver.registry.service;

import io.argosy.apimodel.status.ApiException;
import io.argosy.apiserver.storage.Store;
import io.argosy.apiserver.storage.StoreException;
import io.argosy.apiserver.storage.StoredValue;
import io.argosy.apiserver.storage.WriteOutcome;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The taken node ports under one key of the store, in the form that Kubernetes keeps them: a {@code RangeAllocation}
 * whose data is one big-endian number with a bit for each port.
 */
public final class StoredPortLedger implements PortLedger {

    /** Other servers write the key too; more conflicts in a row than this are no accident. */
    private static final int ATTEMPTS = 50;

    private static final byte[] MAGIC = {'k', '8', 's', 0};

    /** {@code runtime.Unknown}'s typeMeta: {@code v1}, {@code RangeAllocation}. */
    private static final byte[] TYPE_META = message(field(1, "v1"), field(2, "RangeAllocation"));

    /** An empty ObjectMeta as Go writes it: name, generateName, namespace, selfLink, uid, resourceVersion, zero fields. */
    private static final byte[] METADATA = {0x0a, 0, 0x12, 0, 0x1a, 0, 0x22, 0, 0x2a, 0, 0x32, 0, 0x38, 0, 0x42, 0};

    private final Store store;
    private final String key;
    private final int first;
    private final int size;

    /** @param prefix of all keys: {@code /registry} */
    public StoredPortLedger(Store store, String prefix, int first, int size) {
        this.store = store;
        this.key = prefix + "/ranges/servicenodeports";
        this.first = first;
        this.size = size;
    }

    @Override
    public Ports read() {
        return ports(get());
    }

    /** Writes the key when it is absent, so that servers of other makes find it. */
    public void initialize() {
        if (get().isEmpty()) {
            WriteOutcome outcome = store.create(key, encode(new BitSet()), Optional.empty());
            if (outcome instanceof WriteOutcome.Refused refused) {
                throw ApiException.internal("cannot write " + key + ": " + refused.why());
            }
        }
    }

    private Optional<StoredValue> get() {
        try {
            return store.get(key).value();
        } catch (StoreException e) {
            throw ApiException.serviceUnavailable(String.valueOf(e.getMessage()));
        }
    }

    private Ports ports(Optional<StoredValue> stored) {
        return new Ports(first, size, stored.map(value -> decode(value.value())).orElseGet(BitSet::new));
    }

    @Override
    public Ports change(UnaryOperator<Ports> change) {
        Optional<StoredValue> current = get();
        for (int i = 0; i < ATTEMPTS; i++) {
            Ports before = ports(current);
            Ports after = change.apply(before);
            if (after.taken().equals(before.taken()) && current.isPresent()) {
                return after;
            }
            long revision = current.map(StoredValue::modRevision).orElse(Store.ABSENT);
            switch (store.put(key, revision, encode(after.taken()), Optional.empty())) {
                case WriteOutcome.Written _ -> {
                    return after;
                }
                case WriteOutcome.Conflict conflict -> current = conflict.current();
                case WriteOutcome.Refused refused ->
                    throw ApiException.internal("cannot write " + key + ": " + refused.why());
                case WriteOutcome.Unknown unknown -> throw ApiException.timeout(unknown.why(), 1);
            }
        }
        throw ApiException.timeout("too many writers of " + key, 1);
    }

    static BitSet decode(byte[] stored) {
        byte[] data = find(find(stored, MAGIC.length, stored.length, 2), 3);
        BitSet taken = new BitSet();
        BigInteger bits = new BigInteger(1, data);
        for (int i = bits.getLowestSetBit(); i >= 0 && i < bits.bitLength(); i++) {
            if (bits.testBit(i)) {
                taken.set(i);
            }
        }
        return taken;
    }

    private static byte[] find(byte[] message, int number) {
        return find(message, 0, message.length, number);
    }

    /** The bytes of a length-delimited field; empty when the message has none. */
    private static byte[] find(byte[] message, int from, int to, int number) {
        int at = from;
        while (at < to) {
            int tag = message[at++] & 0xff;
            int length = 0;
            int shift = 0;
            int b;
            do {
                b = message[at++] & 0xff;
                length |= (b & 0x7f) << shift;
                shift += 7;
            } while (b >= 0x80 && at < to);
            if ((tag & 7) != 2) {
                continue;
            }
            if (tag >>> 3 == number) {
                return Arrays.copyOfRange(message, at, Math.min(to, at + length));
            }
            at += length;
        }
        return new byte[0];
    }

    byte[] encode(BitSet taken) {
        BigInteger bits = BigInteger.ZERO;
        for (int i = taken.nextSetBit(0); i >= 0; i = taken.nextSetBit(i + 1)) {
            bits = bits.setBit(i);
        }
        byte[] data = bits.signum() == 0 ? new byte[0] : bits.toByteArray();
        if (data.length > 0 && data[0] == 0) {
            data = Arrays.copyOfRange(data, 1, data.length);
        }
        byte[] allocation = message(field(1, METADATA), field(2, first + "-" + (first + size - 1)), field(3, data));
        byte[] unknown = message(field(1, TYPE_META), field(2, allocation), field(3, ""), field(4, ""));
        return message(MAGIC, unknown);
    }

    private static byte[] field(int number, String text) {
        return field(number, text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] field(int number, byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + 6);
        out.write(number << 3 | 2);
        int length = bytes.length;
        while (length >= 0x80) {
            out.write(length & 0x7f | 0x80);
            length >>>= 7;
        }
        out.write(length);
        out.writeBytes(bytes);
        return out.toByteArray();
    }

    private static byte[] message(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
