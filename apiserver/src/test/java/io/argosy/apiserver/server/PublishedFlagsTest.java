package io.argosy.apiserver.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.argosy.apimodel.published.PublishedFlags;
import io.argosy.daemon.config.Problems;
import io.argosy.daemon.flags.FlagSet;
import io.argosy.daemon.logging.LoggingFlags;
import io.argosy.daemon.tls.CertificateFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The flags of kube-apiserver are those that Kubernetes publishes, with their types and defaults. */
class PublishedFlagsTest {

    @Test
    void everyFlagIsThereWithItsTypeAndDefaultAndNoOther() throws IOException {
        Map<String, String> wanted = PublishedFlags.ofDaemon("kube-apiserver");
        assertTrue(wanted.size() > 150, wanted::toString);
        FlagSet flags = new FlagSet("kube-apiserver", "");
        new ServerFlags(flags);
        new LoggingFlags(flags);
        assertEquals(PublishedFlags.lines(wanted), PublishedFlags.lines(PublishedFlags.of(flags.help())));
    }

    @Test
    void whatIsNotHereIsRefusedAllAtOnce() throws Exception {
        FlagSet flags = new FlagSet("kube-apiserver", "");
        ServerFlags own = new ServerFlags(flags);
        Problems problems = new Problems();
        own.read(
                flags.parse(List.of(
                        "--etcd-servers=http://127.0.0.1:1",
                        "--service-account-issuer=i",
                        "--service-account-signing-key-file=k",
                        "--tls-cert-file=c",
                        "--cors-allowed-origins=x",
                        "--etcd-servers-overrides=/events#http://127.0.0.1:2",
                        "--audit-log-format=legacy",
                        "--storage-media-type=application/vnd.kubernetes.protobuf")),
                problems);
        assertEquals(
                List.of(
                        "--audit-log-format: legacy is not supported, only what is so by default",
                        "--cors-allowed-origins: [x] is not supported, only what is so by default",
                        "--etcd-servers-overrides is not supported",
                        "--tls-cert-file and --tls-private-key-file must be given together"),
                problems.found().stream().sorted().toList());
    }

    @Test
    void withoutACertificateOneIsMadeForAllNamesOfTheServerAndKept(@TempDir Path folder) throws Exception {
        FlagSet flags = new FlagSet("kube-apiserver", "");
        ServerConfig config = new ServerFlags(flags)
                .read(
                        flags.parse(List.of(
                                "--cert-dir=" + folder,
                                "--advertise-address=192.0.2.1",
                                "--service-cluster-ip-range=10.96.0.0/16,fd00::/108")),
                        new Problems());
        CertificateFiles made =
                Listening.certificates(config, InstantSource.system()).getFirst();
        assertEquals(folder.resolve("apiserver.crt"), made.certificate());
        X509Certificate certificate;
        try (InputStream in = Files.newInputStream(made.certificate())) {
            certificate =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
        List<String> names = certificate.getSubjectAlternativeNames().stream()
                .map(name -> String.valueOf(name.get(1)))
                .toList();
        assertTrue(
                names.containsAll(List.of(
                        "kubernetes.default.svc", "kubernetes", "localhost", "192.0.2.1", "10.96.0.1", "127.0.0.1")),
                names::toString);
        String text = Files.readString(made.certificate());
        Listening.certificates(config, InstantSource.system());
        assertEquals(text, Files.readString(made.certificate()));
    }
}
