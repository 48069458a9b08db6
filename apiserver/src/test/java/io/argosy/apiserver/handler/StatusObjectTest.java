package io.argosy.apiserver.handler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.argosy.apimodel.status.ApiException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusObjectTest {

    @Test
    void tellsWhereToGoOnWhenAListedStateIsGone() {
        ApiException gone = ApiException.goneWithContinue("too old", "token");
        assertEquals(Optional.of("token"), StatusObject.of(gone).string("metadata", "continue"));
        ApiException whole = ApiException.gone("too old");
        assertEquals(Optional.empty(), StatusObject.of(whole).string("metadata", "continue"));
    }
}
