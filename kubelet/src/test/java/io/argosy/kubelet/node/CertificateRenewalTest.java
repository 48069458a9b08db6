package io.argosy.kubelet.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.argosy.client.request.ApiClient;
import io.argosy.client.request.ObjectJson;
import io.argosy.client.testing.InMemoryApiServer;
import io.argosy.client.transport.HttpAnswer;
import io.argosy.daemon.clock.Clock;
import io.argosy.daemon.flags.FlagSet;
import io.argosy.daemon.logging.LoggingFlags;
import io.argosy.daemon.tls.Pem;
import io.argosy.daemon.tls.SelfSigned;
import io.argosy.kubelet.config.ConfigReader;
import io.argosy.kubelet.config.KubeletConfig;
import io.argosy.kubelet.config.KubeletFlags;
import io.fabric8.kubernetes.api.model.certificates.v1.CertificateSigningRequest;
import io.fabric8.kubernetes.api.model.certificates.v1.CertificateSigningRequestBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateRenewalTest {

    private static final String CURRENT = "kubelet-client-current.pem";

    @TempDir
    private Path folder;

    private KubeletConfig config(String kubeconfig, boolean rotate) throws Exception {
        Files.writeString(folder.resolve("kubeconfig"), kubeconfig);
        Files.writeString(
                folder.resolve("kubelet.yaml"),
                "apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\nrotateCertificates: " + rotate
                        + "\n");
        FlagSet flags = new FlagSet("kubelet", "");
        KubeletFlags own = new KubeletFlags(flags);
        new LoggingFlags(flags);
        return new ConfigReader(
                        flags,
                        own,
                        flags.parse(List.of(
                                "--config=" + folder.resolve("kubelet.yaml"),
                                "--kubeconfig=" + folder.resolve("kubeconfig"),
                                "--cert-dir=" + folder)))
                .read();
    }

    private byte[] certificate(String name, Instant begin) throws Exception {
        return Files.readAllBytes(SelfSigned.files(folder.resolve(name).toString(), name, InstantSource.fixed(begin))
                .certificate());
    }

    @Test
    void isDueBetweenSevenAndNineTenthsOfTheLife() throws Exception {
        X509Certificate certificate =
                Pem.certificates(certificate("a", Instant.now())).getFirst();
        Instant begin = certificate.getNotBefore().toInstant();
        long life =
                Duration.between(begin, certificate.getNotAfter().toInstant()).toSeconds();
        assertEquals(begin.plusSeconds(life * 7 / 10), CertificateRenewal.due(certificate, 0));
        assertEquals(begin.plusSeconds(life * 9 / 10), CertificateRenewal.due(certificate, 1));
    }

    @Test
    void onlyTheCertificateOfTheBootstrapIsRenewedAndOnlyWhenAsked() throws Exception {
        String named = "users: [{user: {client-certificate: " + folder.resolve(CURRENT) + "}}]";
        assertTrue(renewal(config(named, true)).isPresent());
        assertTrue(renewal(config(named, false)).isEmpty());
        assertTrue(renewal(config("users: [{user: {client-certificate: /other}}]", true))
                .isEmpty());
    }

    private static Optional<CertificateRenewal> renewal(KubeletConfig config) throws Exception {
        try (ApiClient client = new InMemoryApiServer(Clock.system()).client()) {
            return CertificateRenewal.of(config, client, Clock.system(), new SplittableRandom(1));
        }
    }

    @Test
    void aCertificateThatIsDueIsReplacedByAnIssuedOne() throws Exception {
        Files.write(folder.resolve(CURRENT), certificate("old", Instant.now().minus(Duration.ofDays(360))));
        byte[] fresh = certificate("fresh", Instant.now());
        InMemoryApiServer server = new InMemoryApiServer(Clock.system())
                .before(call -> call.method().equals("GET") ? Optional.of(issued(fresh)) : Optional.empty());
        CountDownLatch renewed = new CountDownLatch(1);
        try (ApiClient client = server.client()) {
            TlsBootstrap bootstrap = new TlsBootstrap(client, Clock.system(), "n");
            CertificateRenewal renewal =
                    new CertificateRenewal(folder, bootstrap, new Waited(renewed), new SplittableRandom(1));
            Thread thread = Thread.ofVirtual().start(() -> {
                try {
                    renewal.run();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            assertTrue(renewed.await(30, TimeUnit.SECONDS));
            thread.interrupt();
            thread.join();
        }
        String text = Files.readString(folder.resolve(CURRENT));
        assertTrue(text.startsWith(new String(fresh, StandardCharsets.UTF_8)), text);
        assertTrue(text.contains("PRIVATE KEY"), text);
        assertEquals("POST", server.calls().getFirst().split(" ")[0]);
    }

    private static HttpAnswer issued(byte[] certificate) {
        CertificateSigningRequest request = new CertificateSigningRequestBuilder()
                .withNewMetadata()
                .withName("x")
                .endMetadata()
                .withNewStatus()
                .withCertificate(Base64.getEncoder().encodeToString(certificate))
                .endStatus()
                .build();
        return new HttpAnswer(
                200,
                Map.of("content-type", "application/json"),
                ObjectJson.writeString(request).getBytes(StandardCharsets.UTF_8));
    }

    /** The system's time, in which the first sleep is told and never ends. */
    private record Waited(CountDownLatch told) implements Clock {
        @Override
        public Instant instant() {
            return Clock.system().instant();
        }

        @Override
        public long nanoTime() {
            return Clock.system().nanoTime();
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
            told.countDown();
            new CountDownLatch(1).await();
        }

        @Override
        public Timer after(Duration delay, Runnable action) {
            return Clock.system().after(delay, action);
        }
    }
}
