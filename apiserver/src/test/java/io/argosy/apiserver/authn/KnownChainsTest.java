package io.argosy.apiserver.authn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.argosy.daemon.tls.Pem;
import io.argosy.daemon.tls.SelfSigned;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownChainsTest {

    @TempDir
    Path folder;

    private final KnownChains known = new KnownChains();
    private final Authentication.Authenticated user = new Authentication.Authenticated(UserInfo.of("jane", "devs"));

    @Test
    void forgetsWhenTimeIsUpTheLeafExpiresOrTheAuthoritiesChange() throws IOException, GeneralSecurityException {
        X509Certificate one = certificate("one");
        X509Certificate other = certificate("other");
        List<X509Certificate> chain = List.of(one);
        List<X509Certificate> authorities = List.of(other);
        Instant now = one.getNotAfter().toInstant().minusSeconds(100);

        assertEquals(Optional.empty(), known.find(chain, authorities, now));
        known.remember(chain, authorities, user, now);
        assertEquals(Optional.of(user), known.find(chain, authorities, now.plusSeconds(9)));
        assertEquals(Optional.empty(), known.find(chain, authorities, now.plusSeconds(10)));
        assertEquals(Optional.empty(), known.find(List.of(other), authorities, now));
        assertEquals(Optional.empty(), known.find(chain, List.of(one), now));

        Instant late = one.getNotAfter().toInstant().minusSeconds(2);
        known.remember(chain, authorities, user, late);
        assertEquals(Optional.of(user), known.find(chain, authorities, late.plusSeconds(1)));
        assertEquals(Optional.empty(), known.find(chain, authorities, late.plusSeconds(2)));
    }

    private X509Certificate certificate(String name) throws IOException, GeneralSecurityException {
        Path file = SelfSigned.files(folder.toString(), name, InstantSource.system())
                .certificate();
        return Pem.certificates(Files.readAllBytes(file)).getFirst();
    }
}
