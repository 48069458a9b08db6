package io.argosy.apiserver.authn;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Verifies clients' certificate chains against a set of authorities, which may change while running. */
final class ClientCertificates {

    private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
    private static final String ANY_USAGE = "2.5.29.37.0";

    private final Supplier<List<X509Certificate>> authorities;

    ClientCertificates(Supplier<List<X509Certificate>> authorities) {
        this.authorities = authorities;
    }

    /** What is wrong with a chain, or empty when it is good at that time. */
    Optional<String> problem(List<X509Certificate> chain, Instant now) {
        X509Certificate leaf = chain.getFirst();
        Set<TrustAnchor> anchors = new HashSet<>();
        authorities.get().forEach(authority -> anchors.add(new TrustAnchor(authority, null)));
        if (anchors.isEmpty()) {
            return Optional.of("no client certificate authority is configured");
        }
        try {
            List<String> usages = leaf.getExtendedKeyUsage();
            if (usages == null || !(usages.contains(CLIENT_AUTH) || usages.contains(ANY_USAGE))) {
                return Optional.of("certificate specifies an incompatible key usage");
            }
            X509CertSelector target = new X509CertSelector();
            target.setCertificate(leaf);
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, target);
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(now));
            parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(chain)));
            CertPathBuilder.getInstance("PKIX").build(parameters);
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            return Optional.of("verifying certificate SN=" + leaf.getSerialNumber() + ": " + e.getMessage());
        }
    }
}
