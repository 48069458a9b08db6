package io.argosy.client.delegated;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.client.request.ApiClient;
import io.argosy.daemon.clock.Clock;
import io.argosy.daemon.tls.Pem;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Verifies client certificates against authorities from a file, or from where the apiserver publishes its own. */
public final class ClientCertificates {

    private static final Logger LOG = LoggerFactory.getLogger(ClientCertificates.class);
    private static final ObjectKey PUBLISHED = new ObjectKey("kube-system", "extension-apiserver-authentication");
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

    private final Optional<Path> file;
    private final ApiClient client;
    private final Clock clock;
    private Collection<X509Certificate> authorities = List.of();
    private long lookedAt;
    private boolean looked;

    /** @param file empty to look them up in the cluster */
    public ClientCertificates(Optional<Path> file, ApiClient client, Clock clock) {
        this.file = file;
        this.client = client;
        this.clock = clock;
    }

    /** The authorities; read again once a minute, on the caller's thread, which may block. */
    synchronized Collection<X509Certificate> authorities() {
        if (looked && clock.nanoTime() - lookedAt < LOOK_AGAIN.toNanos()) {
            return authorities;
        }
        looked = true;
        lookedAt = clock.nanoTime();
        try {
            authorities = Pem.certificates(read());
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            LOG.warn("client authorities cannot be read, the old ones stay reason={}", e.getMessage());
        }
        return authorities;
    }

    /** The authorities that are known now; never blocks. */
    synchronized Collection<X509Certificate> known() {
        return authorities;
    }

    private byte[] read() throws IOException {
        if (file.isPresent()) {
            return Files.readAllBytes(file.get());
        }
        Map<String, String> data =
                client.resource(ConfigMap.class).get(PUBLISHED).getData();
        return data.getOrDefault("client-ca-file", "").getBytes(StandardCharsets.UTF_8);
    }

    /** Whose certificate it is; empty when it is not one of ours or is not valid now. */
    public Optional<Caller> caller(List<X509Certificate> chain) {
        if (chain.isEmpty()) {
            return Optional.empty();
        }
        Set<TrustAnchor> anchors = authorities().stream()
                .map(authority -> new TrustAnchor(authority, null))
                .collect(Collectors.toSet());
        if (anchors.isEmpty()) {
            return Optional.empty();
        }
        try {
            PKIXParameters parameters = new PKIXParameters(anchors);
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(clock.instant()));
            CertPath path = CertificateFactory.getInstance("X.509").generateCertPath(chain);
            CertPathValidator.getInstance("PKIX").validate(path, parameters);
            List<String> usages = chain.getFirst().getExtendedKeyUsage();
            boolean forClients =
                    usages != null && (usages.contains("1.3.6.1.5.5.7.3.2") || usages.contains("2.5.29.37.0"));
            return forClients ? subject(chain.getFirst()) : Optional.empty();
        } catch (GeneralSecurityException | InvalidNameException e) {
            LOG.debug("client certificate refused reason={}", e.getMessage());
            return Optional.empty();
        }
    }

    private static Optional<Caller> subject(X509Certificate certificate) throws InvalidNameException {
        String name = "";
        List<String> groups = new ArrayList<>();
        for (Rdn part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
            if (part.getType().equalsIgnoreCase("CN")) {
                name = part.getValue().toString();
            } else if (part.getType().equalsIgnoreCase("O")) {
                groups.add(part.getValue().toString());
            }
        }
        groups.add("system:authenticated");
        return name.isEmpty() ? Optional.empty() : Optional.of(new Caller(name, "", groups, Map.of()));
    }
}
