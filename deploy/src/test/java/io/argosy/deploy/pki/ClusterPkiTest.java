package io.argosy.deploy.pki;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterPkiTest {

    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
    private static final ClusterPki.Names NAMES = new ClusterPki.Names(
            "node1", "https://192.0.2.1:6443", List.of("localhost", "kubernetes"), List.of("192.0.2.1", "10.96.0.1"));

    @TempDir
    private Path folder;

    private ClusterPki ensureAt(Instant now) {
        return ClusterPki.ensure(folder, NAMES, InstantSource.fixed(now), new SecureRandom());
    }

    @Test
    void leavesAreSignedByTheirAuthorityAndSayWhoTheyAre() throws Exception {
        ClusterPki pki = ensureAt(NOW);
        X509Certificate authority = CertificateAuthority.readCertificate(pki.certificate("ca"));
        X509Certificate server = CertificateAuthority.readCertificate(pki.certificate("apiserver"));
        server.verify(authority.getPublicKey());
        assertEquals(List.of("1.3.6.1.5.5.7.3.1"), server.getExtendedKeyUsage());
        List<Object> names = server.getSubjectAlternativeNames().stream()
                .map(entry -> (Object) entry.get(1))
                .toList();
        assertEquals(List.<Object>of("localhost", "kubernetes", "192.0.2.1", "10.96.0.1"), names);
        X509Certificate node = CertificateAuthority.readCertificate(
                folder.resolve("kubeconfig").resolve("kubelet.crt"));
        assertEquals(
                "CN=system:node:node1,O=system:nodes",
                node.getSubjectX500Principal().getName());
    }

    @Test
    void keysAreForRootAlone() throws Exception {
        ClusterPki pki = ensureAt(NOW);
        for (Path secret : List.of(pki.key("ca"), pki.key("sa"), pki.key("apiserver"), pki.kubeconfig("admin"))) {
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)),
                    secret.toString());
        }
    }

    @Test
    void whatIsValidStays() throws Exception {
        byte[] first = Files.readAllBytes(ensureAt(NOW).certificate("apiserver"));
        byte[] second =
                Files.readAllBytes(ensureAt(NOW.plus(Duration.ofDays(200))).certificate("apiserver"));
        assertArrayEquals(first, second);
        byte[] etcd = Files.readAllBytes(folder.resolve("etcd.crt"));
        assertArrayEquals(etcd, Files.readAllBytes(ensureAt(NOW).certificate("etcd")));
    }

    @Test
    void whatIsDueIsRenewedUnderTheSameAuthority() throws Exception {
        byte[] authority = Files.readAllBytes(ensureAt(NOW).certificate("ca"));
        X509Certificate first = CertificateAuthority.readCertificate(folder.resolve("apiserver.crt"));
        Instant later = NOW.plus(Duration.ofDays(300));
        ClusterPki renewed = ensureAt(later);
        X509Certificate second = CertificateAuthority.readCertificate(renewed.certificate("apiserver"));
        assertArrayEquals(authority, Files.readAllBytes(renewed.certificate("ca")));
        assertFalse(first.getSerialNumber().equals(second.getSerialNumber()));
        assertTrue(second.getNotAfter().toInstant().isAfter(later.plus(Duration.ofDays(360))));
    }
}
