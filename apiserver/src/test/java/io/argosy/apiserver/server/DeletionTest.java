package io.argosy.apiserver.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.argosy.apiserver.server.WholeServer.Answer;
import io.argosy.apiserver.storage.GetResult;
import io.argosy.apiserver.storage.ListOutcome;
import io.argosy.apiserver.storage.Store;
import io.argosy.apiserver.storage.StoreWatch;
import io.argosy.apiserver.storage.WriteOutcome;
import io.argosy.apiserver.storage.memory.MemoryStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deleting what others delete at the same time. */
final class DeletionTest {

    private static final String PODS = "/api/v1/namespaces/default/pods";
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    @TempDir
    Path folder;

    @Test
    void isDoneWhenSomebodyElseTookAwayWhatWasMarked() throws Exception {
        try (WholeServer server = WholeServer.start(folder, new EagerNode(new MemoryStore(InstantSource.system())))) {
            byte[] account = "{\"metadata\":{\"name\":\"default\"}}".getBytes(UTF_8);
            server.send("POST", "/api/v1/namespaces/default/serviceaccounts", JSON, account, true);
            byte[] pod = ("{\"metadata\":{\"name\":\"p\"},\"spec\":{\"nodeName\":\"n\","
                            + "\"terminationGracePeriodSeconds\":0,"
                            + "\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}")
                    .getBytes(UTF_8);
            assertEquals(new Answer(201, "", "", List.of()), server.send("POST", PODS, JSON, pod, true));
            assertEquals(
                    200,
                    server.send("DELETE", PODS + "/p", Map.of(), new byte[0], true)
                            .code());
            assertEquals(
                    404,
                    server.send("DELETE", PODS + "/p", Map.of(), new byte[0], true)
                            .code());
        }
    }

    /** A store beside which a node deletes a pod as soon as it is written a second time: when it has been marked. */
    private record EagerNode(Store store) implements Store {

        @Override
        public WriteOutcome put(String key, long expectedRevision, byte[] value, Optional<Duration> timeToLive) {
            WriteOutcome outcome = store.put(key, expectedRevision, value, timeToLive);
            if (key.endsWith("/pods/default/p")
                    && expectedRevision != ABSENT
                    && outcome instanceof WriteOutcome.Written(long revision)) {
                store.delete(key, revision);
            }
            return outcome;
        }

        @Override
        public long currentRevision() {
            return store.currentRevision();
        }

        @Override
        public GetResult get(String key) {
            return store.get(key);
        }

        @Override
        public ListOutcome list(String prefix, String from, long revision, int limit) {
            return store.list(prefix, from, revision, limit);
        }

        @Override
        public WriteOutcome delete(String key, long expectedRevision) {
            return store.delete(key, expectedRevision);
        }

        @Override
        public StoreWatch watch(String prefix, long afterRevision) {
            return store.watch(prefix, afterRevision);
        }

        @Override
        public void compact(long revision) {
            store.compact(revision);
        }

        @Override
        public long compactedRevision() {
            return store.compactedRevision();
        }

        @Override
        public void close() {
            store.close();
        }
    }
}
