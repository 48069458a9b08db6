package io.argosy.kubelet.node;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.client.request.ApiClient;
import io.argosy.daemon.clock.Clock;
import io.argosy.daemon.config.ConfigurationException;
import io.fabric8.kubernetes.api.model.certificates.v1.CertificateSigningRequest;
import io.fabric8.kubernetes.api.model.certificates.v1.CertificateSigningRequestBuilder;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the API, with credentials that may do nothing else, for the client certificate of this node, and waits for it.
 *
 * <p>Source: Kubernetes, "TLS bootstrapping".
 */
final class TlsBootstrap {

    /** The file in the directory of certificates, as upstream names it. */
    static final String FILE = "kubelet-client-current.pem";

    private static final Logger LOG = LoggerFactory.getLogger(TlsBootstrap.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private final ApiClient client;
    private final Clock clock;
    private final String node;

    TlsBootstrap(ApiClient client, Clock clock, String node) {
        this.client = client;
        this.clock = clock;
        this.node = node;
    }

    /** Writes certificate and key into one file, {@code kubelet-client-current.pem}, and answers its path. */
    Path obtain(Path directory) throws ConfigurationException, InterruptedException {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            byte[] certificate = request(pair);
            String key = pem(new JcaPKCS8Generator(pair.getPrivate(), null));
            Files.createDirectories(directory);
            Path file = directory.resolve(FILE);
            Path fresh = directory.resolve(FILE + ".new");
            Files.deleteIfExists(fresh);
            Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(fresh, new String(certificate, StandardCharsets.UTF_8) + key);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            return file;
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new ConfigurationException(
                    "failed to run Kubelet: unable to obtain a client certificate: " + e.getMessage());
        }
    }

    private byte[] request(KeyPair pair)
            throws IOException, OperatorCreationException, InterruptedException, ConfigurationException {
        var csr = new JcaPKCS10CertificationRequestBuilder(
                        new X500Name("O=system:nodes,CN=system:node:" + node), pair.getPublic())
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()));
        CertificateSigningRequest made = client.resource(CertificateSigningRequest.class)
                .create(new CertificateSigningRequestBuilder()
                        .withNewMetadata()
                        .withGenerateName("node-csr-")
                        .endMetadata()
                        .withNewSpec()
                        .withRequest(Base64.getEncoder().encodeToString(pem(csr).getBytes(StandardCharsets.UTF_8)))
                        .withSignerName("kubernetes.io/kube-apiserver-client-kubelet")
                        .withUsages(List.of("digital signature", "client auth"))
                        .endSpec()
                        .build());
        String name = made.getMetadata().getName();
        LOG.info("waiting for client certificate csr={}", name);
        for (Duration waited = Duration.ZERO; waited.compareTo(PATIENCE) < 0; waited = waited.plus(POLL)) {
            CertificateSigningRequest now =
                    client.resource(CertificateSigningRequest.class).get(new ObjectKey("", name));
            Optional<String> issued = Optional.ofNullable(now.getStatus())
                    .map(s -> s.getCertificate())
                    .filter(c -> !c.isEmpty());
            if (issued.isPresent()) {
                return Base64.getMimeDecoder().decode(issued.get());
            }
            boolean denied = now.getStatus() != null
                    && now.getStatus().getConditions() != null
                    && now.getStatus().getConditions().stream()
                            .anyMatch(c ->
                                    c.getType().equals("Denied") || c.getType().equals("Failed"));
            if (denied) {
                throw new ConfigurationException("certificate signing request " + name + " was denied");
            }
            clock.sleep(POLL);
        }
        throw new ConfigurationException("certificate signing request " + name + " was not signed in time");
    }

    private static String pem(Object object) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter out = new JcaPEMWriter(text)) {
            out.writeObject(object);
        }
        return text.toString();
    }
}
