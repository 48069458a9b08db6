package io.argosy.apiserver.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.argosy.apimodel.definition.BuiltIns;
import io.argosy.apiserver.openapi.OpenApiDocument;
import io.argosy.apiserver.openapi.OpenApiDocuments;
import io.argosy.daemon.http.PreparedResponse;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OpenApiAnswerTest {

    private static final String NAME = "apis/apps/v1";
    private static final OpenApiDocument DOCUMENT =
            OpenApiDocuments.of(BuiltIns.definitions()).third(NAME).orElseThrow();
    private static final Instant NOW = Instant.parse("2026-11-23T00:21:39Z");
    private static final String TAG = "\"" + DOCUMENT.hash() + "\"";

    private static PreparedResponse third(String accept, String ifNoneMatch, String hash) {
        return OpenApiAnswer.third(NAME, DOCUMENT, new OpenApiAnswer.Wishes(accept, ifNoneMatch, hash), NOW);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                                                                  | 200 | application/json
            */*                                                                                 | 200 | application/json
            application/com.github.proto-openapi.spec.v3@v1.0+protobuf                          | 200 | application/com.github.proto-openapi.spec.v3.v1.0+protobuf
            application/json;q=0.5,application/com.github.proto-openapi.spec.v3.v1.0+protobuf   | 200 | application/com.github.proto-openapi.spec.v3.v1.0+protobuf
            application/com.github.proto-openapi.spec.v2@v1.0+protobuf                          | 406 | ''
            application/yaml                                                                    | 406 | ''
            """)
    void theFormIsTheOneThatIsAccepted(String accept, int status, String mediaType) {
        PreparedResponse answer = third(accept, "", "");
        assertEquals(status, answer.status());
        assertEquals(mediaType, answer.headers().get("Content-Type"));
        assertEquals("Accept", answer.headers().get("Vary"));
    }

    @Test
    void bothFormsHaveOneTag() {
        PreparedResponse json = third("", "", "");
        PreparedResponse protobuf = third("application/com.github.proto-openapi.spec.v3@v1.0+protobuf", "", "");
        assertEquals(TAG, json.headers().get("ETag"));
        assertEquals(TAG, protobuf.headers().get("ETag"));
        assertArrayEquals(DOCUMENT.protobuf(), protobuf.body().getFirst());
    }

    @Test
    void whatTheClientHasIsNotSentAgain() {
        PreparedResponse answer = third("", TAG, "");
        assertEquals(304, answer.status());
        assertTrue(answer.body().isEmpty());
        assertEquals(200, third("", "\"other\"", "").status());
    }

    @Test
    void anAddressWithTheHashIsKeptAndAnOldOneLeadsToTheNew() {
        PreparedResponse current = third("", "", DOCUMENT.hash());
        assertEquals("public, immutable", current.headers().get("Cache-Control"));
        assertEquals("Tue, 23 Nov 2027 00:21:39 UTC", current.headers().get("Expires"));
        PreparedResponse old = third("", "", "abc");
        assertEquals(301, old.status());
        assertEquals(
                "/openapi/v3/apis/apps/v1?hash=" + DOCUMENT.hash(),
                old.headers().get("Location"));
    }
}
