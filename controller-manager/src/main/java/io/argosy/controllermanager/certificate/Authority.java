package io.argosy.controllermanager.certificate;

import io.argosy.daemon.tls.Pem;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;

/** A certificate authority in two files, which are read for each signature. */
final class Authority {

    private static final Duration BACKDATE = Duration.ofMinutes(5);

    private final Path certificate;
    private final Path key;

    Authority(Path certificate, Path key) {
        this.certificate = certificate;
        this.key = key;
    }

    /**
     * Signs a request that was found to be in order. The subject, the public key and the alternative names are the
     * request's; nothing else of it is taken.
     *
     * @param usages as the API names them
     * @return PEM
     */
    String sign(PKCS10CertificationRequest request, List<String> usages, Duration valid, Instant now)
            throws IOException, GeneralSecurityException {
        X509Certificate issuer =
                Pem.certificates(Files.readAllBytes(certificate)).getFirst();
        PrivateKey signingKey = Pem.privateKey(Files.readAllBytes(key));
        Instant end = now.plus(valid);
        Instant last = issuer.getNotAfter().toInstant();
        try {
            X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                    new JcaX509CertificateHolder(issuer).getSubject(),
                    new BigInteger(127, new SecureRandom()),
                    Date.from(now.minus(BACKDATE)),
                    Date.from(end.isAfter(last) ? last : end),
                    request.getSubject(),
                    request.getSubjectPublicKeyInfo());
            builder.addExtension(Extension.keyUsage, true, keyUsage(usages));
            Optional<ExtendedKeyUsage> extended = extended(usages);
            if (extended.isPresent()) {
                builder.addExtension(Extension.extendedKeyUsage, false, extended.get());
            }
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            AuthorityKeyIdentifier identifier =
                    new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(issuer.getPublicKey());
            builder.addExtension(Extension.authorityKeyIdentifier, false, identifier);
            Optional<GeneralNames> names = Requests.alternatives(request);
            if (names.isPresent()) {
                builder.addExtension(Extension.subjectAlternativeName, false, names.get());
            }
            String algorithm = signingKey.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
            return pem(builder.build(new JcaContentSignerBuilder(algorithm).build(signingKey)));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }

    private static KeyUsage keyUsage(List<String> usages) {
        int bits = 0;
        for (String usage : usages) {
            bits |= switch (usage) {
                case "signing", "digital signature" -> KeyUsage.digitalSignature;
                case "content commitment" -> KeyUsage.nonRepudiation;
                case "key encipherment" -> KeyUsage.keyEncipherment;
                case "key agreement" -> KeyUsage.keyAgreement;
                case "data encipherment" -> KeyUsage.dataEncipherment;
                case "encipher only" -> KeyUsage.encipherOnly;
                case "decipher only" -> KeyUsage.decipherOnly;
                default -> 0;
            };
        }
        return new KeyUsage(bits);
    }

    private static Optional<ExtendedKeyUsage> extended(List<String> usages) {
        List<KeyPurposeId> purposes = new ArrayList<>();
        for (String usage : usages) {
            switch (usage) {
                case "any" -> purposes.add(KeyPurposeId.anyExtendedKeyUsage);
                case "server auth" -> purposes.add(KeyPurposeId.id_kp_serverAuth);
                case "client auth" -> purposes.add(KeyPurposeId.id_kp_clientAuth);
                case "code signing" -> purposes.add(KeyPurposeId.id_kp_codeSigning);
                case "email protection", "s/mime" -> purposes.add(KeyPurposeId.id_kp_emailProtection);
                case "timestamping" -> purposes.add(KeyPurposeId.id_kp_timeStamping);
                case "ocsp signing" -> purposes.add(KeyPurposeId.id_kp_OCSPSigning);
                default -> {}
            }
        }
        return purposes.isEmpty()
                ? Optional.empty()
                : Optional.of(new ExtendedKeyUsage(purposes.toArray(KeyPurposeId[]::new)));
    }

    private static String pem(X509CertificateHolder certificate) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(certificate);
        }
        return new String(text.toString().getBytes(StandardCharsets.US_ASCII), StandardCharsets.US_ASCII);
    }
}
