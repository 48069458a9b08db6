package io.argosy.apiserver.authn;

import io.argosy.daemon.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/**
 * Client certificates: the common name is the user, each organization a group.
 *
 * <p>Source: Kubernetes page "Authenticating", X.509 client certificates.
 */
public final class CertificateAuthenticator implements Authenticator {

    static final String CREDENTIAL_ID = "authentication.kubernetes.io/credential-id";

    /** The attribute that carries a user's UID; Kubernetes' own. */
    private static final String UID_OID = "1.3.6.1.4.1.57683.2";

    private final ClientCertificates certificates;
    private final Supplier<List<X509Certificate>> authorities;
    private final InstantSource clock;
    private final KnownChains known = new KnownChains();

    public CertificateAuthenticator(Supplier<List<X509Certificate>> authorities, InstantSource clock) {
        this.certificates = new ClientCertificates(authorities);
        this.authorities = authorities;
        this.clock = clock;
    }

    @Override
    public Authentication authenticate(HttpRequest request) {
        List<X509Certificate> chain = request.peerCertificates();
        if (chain.isEmpty()) {
            return Authentication.NONE;
        }
        Instant now = clock.instant();
        List<X509Certificate> trusted = authorities.get();
        return known.find(chain, trusted, now).orElseGet(() -> {
            Authentication verified = verify(chain, now);
            if (verified instanceof Authentication.Authenticated user) {
                known.remember(chain, trusted, user, now);
            }
            return verified;
        });
    }

    private Authentication verify(List<X509Certificate> chain, Instant now) {
        Optional<String> problem = certificates.problem(chain, now);
        if (problem.isPresent()) {
            return new Authentication.Rejected("x509: " + problem.get());
        }
        X509Certificate leaf = chain.getFirst();
        String name = first(leaf, "CN").orElse("");
        if (name.isEmpty()) {
            return Authentication.NONE;
        }
        List<String> uids = values(leaf, UID_OID);
        if (uids.size() > 1) {
            return new Authentication.Rejected("x509: expected 1 UID, but found multiple: " + String.join(", ", uids));
        }
        return new Authentication.Authenticated(new UserInfo(
                name,
                uids.isEmpty() ? "" : uids.getFirst(),
                values(leaf, "O"),
                Map.of(CREDENTIAL_ID, List.of("X509SHA256=" + fingerprint(leaf)))));
    }

    static Optional<String> first(X509Certificate certificate, String type) {
        return values(certificate, type).stream().findFirst();
    }

    /** The values of a subject's attribute in the order in which the certificate holds them. */
    static List<String> values(X509Certificate certificate, String type) {
        List<String> values = new ArrayList<>();
        try {
            String subject = certificate
                    .getSubjectX500Principal()
                    .getName(javax.security.auth.x500.X500Principal.RFC2253, Map.of(UID_OID, UID_OID));
            for (Rdn part : new LdapName(subject).getRdns()) {
                collect(part, type, values);
            }
        } catch (InvalidNameException e) {
            return List.of();
        }
        return values;
    }

    private static void collect(Rdn part, String type, List<String> values) {
        try {
            var attribute = part.toAttributes().get(type);
            if (attribute == null) {
                return;
            }
            for (int i = 0; i < attribute.size(); i++) {
                Object value = attribute.get(i);
                values.add(value instanceof byte[] der ? derString(der) : String.valueOf(value));
            }
        } catch (javax.naming.NamingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The text of a short DER string, whatever its string type. */
    private static String derString(byte[] der) {
        int start = der.length > 1 && (der[1] & 0x80) == 0 ? 2 : 2 + (der[1] & 0x7f);
        return new String(der, start, der.length - start, StandardCharsets.UTF_8);
    }

    private static String fingerprint(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
