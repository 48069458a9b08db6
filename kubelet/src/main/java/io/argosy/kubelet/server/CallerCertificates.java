package io.argosy.kubelet.server;

import io.argosy.daemon.tls.Pem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
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

/** Callers by client certificate: common name is the user, organizations are groups. The file is read anew when it changes. */
final class CallerCertificates {

    private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";

    private record Loaded(FileTime time, List<X509Certificate> authorities) {}

    private final Path file;
    private final InstantSource clock;
    private volatile Loaded loaded;

    CallerCertificates(Path file, InstantSource clock) throws IOException, GeneralSecurityException {
        this.file = file;
        this.clock = clock;
        this.loaded = load();
    }

    private Loaded load() throws IOException, GeneralSecurityException {
        return new Loaded(Files.getLastModifiedTime(file), List.copyOf(Pem.certificates(Files.readAllBytes(file))));
    }

    Collection<X509Certificate> authorities() {
        try {
            if (!Files.getLastModifiedTime(file).equals(loaded.time())) {
                loaded = load();
            }
        } catch (IOException | GeneralSecurityException e) {
            // A file that is being replaced: the authorities that were read before still hold.
            return loaded.authorities();
        }
        return loaded.authorities();
    }

    /** Empty when the chain does not lead to an authority, is out of its time, or is not for clients. */
    Optional<Caller> identify(List<X509Certificate> chain) {
        if (chain.isEmpty()) {
            return Optional.empty();
        }
        try {
            X509Certificate leaf = chain.getFirst();
            List<String> usages = leaf.getExtendedKeyUsage();
            if (usages == null || !(usages.contains(CLIENT_AUTH) || usages.contains("2.5.29.37.0"))) {
                return Optional.empty();
            }
            Set<TrustAnchor> anchors =
                    authorities().stream().map(c -> new TrustAnchor(c, null)).collect(Collectors.toSet());
            PKIXParameters parameters = new PKIXParameters(anchors);
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(clock.instant()));
            List<X509Certificate> path = new ArrayList<>(chain);
            path.removeIf(c -> anchors.stream().anyMatch(a -> a.getTrustedCert().equals(c)));
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
            return Optional.of(named(leaf));
        } catch (GeneralSecurityException | InvalidNameException e) {
            return Optional.empty();
        }
    }

    private static Caller named(X509Certificate leaf) throws InvalidNameException {
        String user = "";
        List<String> groups = new ArrayList<>();
        for (Rdn part : new LdapName(leaf.getSubjectX500Principal().getName()).getRdns()) {
            if (part.getType().equalsIgnoreCase("CN")) {
                user = String.valueOf(part.getValue());
            } else if (part.getType().equalsIgnoreCase("O")) {
                groups.add(String.valueOf(part.getValue()));
            }
        }
        groups.add("system:authenticated");
        return new Caller(user, "", groups, Map.of());
    }
}
