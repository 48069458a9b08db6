package io.argosy.apiserver.aggregation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.argosy.apiserver.authn.UserInfo;
import io.argosy.daemon.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RemoteUserTest {

    @Test
    void theUserIsTheOneThatThisServerKnows() {
        HttpHeaders headers = HttpHeaders.of(
                "x-remote-user", "root", "X-Remote-Group", "system:masters", "X-Remote-Extra-A", "b", "Accept", "*/*");
        UserInfo user = new UserInfo(
                "jane", "u1", List.of("dev", "ops"), Map.of("authentication.kubernetes.io/node%name", List.of("n")));
        HttpHeaders dressed = RemoteUser.dress(headers, user);
        assertEquals(List.of("jane"), dressed.all("X-Remote-User"));
        assertEquals(List.of("u1"), dressed.all("X-Remote-Uid"));
        assertEquals(List.of("dev", "ops"), dressed.all("X-Remote-Group"));
        assertEquals(List.of(), dressed.all("X-Remote-Extra-A"));
        assertEquals(List.of("n"), dressed.all("X-Remote-Extra-authentication.kubernetes.io%2Fnode%25name"));
        assertEquals("*/*", dressed.get("Accept"));
    }
}
