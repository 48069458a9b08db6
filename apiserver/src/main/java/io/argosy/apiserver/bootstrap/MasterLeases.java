package io.argosy.apiserver.bootstrap;

import io.argosy.apimodel.codec.ProtobufWriter;
import io.argosy.apimodel.meta.GroupVersionKind;
import io.argosy.apimodel.schema.Types;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.storage.ListOutcome;
import io.argosy.apiserver.storage.Store;
import io.argosy.apiserver.storage.StoredValue;
import io.argosy.apiserver.storage.WriteOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The addresses of the apiservers that live: each writes a key of its own that goes by itself when it is not written again.
 * The form is that of Kubernetes, so that servers of both makes may stand side by side.
 */
public final class MasterLeases {

    /** How long an address stays without being written again. */
    static final Duration TIME_TO_LIVE = Duration.ofSeconds(15);

    private final Store store;
    private final String prefix;

    /** @param root of all keys: {@code /registry} */
    public MasterLeases(Store store, String root) {
        this.store = store;
        this.prefix = root + "/masterleases/";
    }

    /** Writes an address for another while. */
    public void renew(String address) {
        Optional<StoredValue> current = store.get(prefix + address).value();
        for (int i = 0; i < 3; i++) {
            long revision = current.map(StoredValue::modRevision).orElse(Store.ABSENT);
            switch (store.put(prefix + address, revision, value(address), Optional.of(TIME_TO_LIVE))) {
                case WriteOutcome.Written _ -> {
                    return;
                }
                case WriteOutcome.Conflict conflict -> current = conflict.current();
                case WriteOutcome.Refused refused -> throw ApiException.internal(refused.why());
                case WriteOutcome.Unknown unknown -> throw ApiException.timeout(unknown.why(), 1);
            }
        }
    }

    public void remove(String address) {
        store.get(prefix + address).value().ifPresent(value -> store.delete(prefix + address, value.modRevision()));
    }

    /** All addresses that are written now. */
    public List<String> addresses() {
        return switch (store.list(prefix, "", 0, 0)) {
            case ListOutcome.Listed page ->
                page.values().stream()
                        .map(value -> value.key().substring(prefix.length()))
                        .toList();
            default -> throw ApiException.serviceUnavailable("cannot list the apiservers");
        };
    }

    private static byte[] value(String address) {
        ObjectValue endpoints = new ObjectValue()
                .put("metadata", new ObjectValue())
                .put(
                        "subsets",
                        ObjectTrees.array(new ObjectValue()
                                .put("addresses", ObjectTrees.array(ObjectTrees.strings("ip", address)))));
        return ProtobufWriter.writeEnvelope(
                endpoints, Types.byName("io.k8s.api.core.v1.Endpoints"), new GroupVersionKind("", "v1", "Endpoints"));
    }
}
