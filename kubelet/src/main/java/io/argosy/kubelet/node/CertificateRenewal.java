package io.argosy.kubelet.node;

import io.argosy.client.request.ApiClient;
import io.argosy.daemon.clock.Clock;
import io.argosy.daemon.config.ConfigurationException;
import io.argosy.daemon.tls.Pem;
import io.argosy.kubelet.config.KubeletConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for a new client certificate before the present one ends, with the present one. The client finds the new file by
 * itself. Only for a kubeconfig that names the file of TLS bootstrapping: other certificates are the operator's to renew.
 *
 * <p>Source: Kubernetes, "Configure Certificate Rotation for the Kubelet".
 */
public final class CertificateRenewal {

    private static final Logger LOG = LoggerFactory.getLogger(CertificateRenewal.class);
    private static final double EARLIEST = 0.7;
    private static final double SPREAD = 0.2;
    private static final Duration RETRY = Duration.ofMinutes(1);
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private final Path directory;
    private final TlsBootstrap bootstrap;
    private final Clock clock;
    private final RandomGenerator random;

    CertificateRenewal(Path directory, TlsBootstrap bootstrap, Clock clock, RandomGenerator random) {
        this.directory = directory;
        this.bootstrap = bootstrap;
        this.clock = clock;
        this.random = random;
    }

    /** Empty when there is nothing to renew. */
    public static Optional<CertificateRenewal> of(
            KubeletConfig config, ApiClient client, Clock clock, RandomGenerator random) {
        Path directory = config.paths().certificates();
        if (!config.paths().renewCertificate() || config.paths().kubeconfig().isEmpty()) {
            return Optional.empty();
        }
        try {
            String kubeconfig = Files.readString(config.paths().kubeconfig().get());
            if (!kubeconfig.contains(directory.resolve(TlsBootstrap.FILE).toString())) {
                return Optional.empty();
            }
        } catch (IOException e) {
            LOG.warn("cannot see whether a client certificate is to be renewed error={}", e.getMessage());
            return Optional.empty();
        }
        TlsBootstrap bootstrap =
                new TlsBootstrap(client, clock, config.identity().nodeName());
        return Optional.of(new CertificateRenewal(directory, bootstrap, clock, random));
    }

    /** Some time between seven and nine tenths of a certificate's life, so that nodes of one age do not ask at once. */
    static Instant due(X509Certificate certificate, double share) {
        Instant begin = certificate.getNotBefore().toInstant();
        Duration life = Duration.between(begin, certificate.getNotAfter().toInstant());
        return begin.plusSeconds(Math.round(life.toSeconds() * (EARLIEST + SPREAD * share)));
    }

    /** Runs until it is interrupted. */
    public void run() throws InterruptedException {
        while (true) {
            try {
                await(due(present(), random.nextDouble()));
                bootstrap.obtain(directory);
                LOG.info(
                        "client certificate renewed until={}",
                        present().getNotAfter().toInstant());
            } catch (IOException | GeneralSecurityException | ConfigurationException e) {
                LOG.warn("client certificate not renewed, trying again error={}", e.getMessage());
                clock.sleep(RETRY);
            }
        }
    }

    private X509Certificate present() throws IOException, GeneralSecurityException {
        return Pem.certificates(Files.readAllBytes(directory.resolve(TlsBootstrap.FILE)))
                .getFirst();
    }

    /** In steps: the machine's clock may be set, or the machine may have slept. */
    private void await(Instant due) throws InterruptedException {
        while (true) {
            Duration left = Duration.between(clock.instant(), due);
            if (!left.isPositive()) {
                return;
            }
            clock.sleep(left.compareTo(LONGEST_WAIT) < 0 ? left : LONGEST_WAIT);
        }
    }
}
