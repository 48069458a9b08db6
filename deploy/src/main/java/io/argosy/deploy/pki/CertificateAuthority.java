package io.argosy.deploy.pki;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate authority of the cluster: an ECDSA P-256 key and a self-signed certificate, kept as {@code NAME.crt} and
 * {@code NAME.key}. Authorities live ten years, what they sign one year (RFC 5280 profiles).
 */
public final class CertificateAuthority {

    private static final Duration AUTHORITY_LIFE = Duration.ofDays(3650);
    private static final Duration LEAF_LIFE = Duration.ofDays(365);
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    private final X509Certificate certificate;
    private final PrivateKey key;
    private final InstantSource clock;
    private final SecureRandom random;

    private CertificateAuthority(
            X509Certificate certificate, PrivateKey key, InstantSource clock, SecureRandom random) {
        this.certificate = certificate;
        this.key = key;
        this.clock = clock;
        this.random = random;
    }

    /** Reads the authority at {@code folder/name.{crt,key}}, or makes it there. */
    public static CertificateAuthority at(
            Path folder, String name, String commonName, InstantSource clock, SecureRandom random) {
        Path certificateFile = folder.resolve(name + ".crt");
        Path keyFile = folder.resolve(name + ".key");
        if (Files.exists(certificateFile) && Files.exists(keyFile)) {
            return new CertificateAuthority(readCertificate(certificateFile), readKey(keyFile), clock, random);
        }
        KeyPair pair = newKeyPair(random);
        X500Name subject = new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.CN, commonName)
                .build();
        Instant now = clock.instant();
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                subject,
                serial(random),
                Date.from(now.minus(CLOCK_SKEW)),
                Date.from(now.plus(AUTHORITY_LIFE)),
                subject,
                pair.getPublic());
        try {
            JcaX509ExtensionUtils extensions = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            builder.addExtension(
                    Extension.keyUsage,
                    true,
                    new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment | KeyUsage.keyCertSign));
            builder.addExtension(
                    Extension.subjectKeyIdentifier, false, extensions.createSubjectKeyIdentifier(pair.getPublic()));
            X509Certificate certificate = sign(builder, pair.getPrivate());
            KeyFiles.writeSecret(keyFile, pair.getPrivate());
            KeyFiles.writePublic(certificateFile, certificate);
            return new CertificateAuthority(certificate, pair.getPrivate(), clock, random);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("cannot make the authority " + commonName, e);
        }
    }

    public X509Certificate certificate() {
        return certificate;
    }

    /** Makes a key and a certificate for {@code subject}, unless a valid one that says the same is there already. */
    public Leaf issue(Path folder, String name, Subject subject) {
        Path certificateFile = folder.resolve(name + ".crt");
        Path keyFile = folder.resolve(name + ".key");
        if (Files.exists(certificateFile) && Files.exists(keyFile)) {
            X509Certificate present = readCertificate(certificateFile);
            if (serves(present, subject)) {
                return new Leaf(present, readKey(keyFile), certificateFile, keyFile);
            }
        }
        KeyPair pair = newKeyPair(random);
        X509Certificate made = certify(pair, subject);
        KeyFiles.writeSecret(keyFile, pair.getPrivate());
        KeyFiles.writePublic(certificateFile, made);
        return new Leaf(made, pair.getPrivate(), certificateFile, keyFile);
    }

    /** A certificate, its key, and where both lie. */
    public record Leaf(X509Certificate certificate, PrivateKey key, Path certificateFile, Path keyFile) {}

    private boolean serves(X509Certificate present, Subject subject) {
        try {
            present.verify(certificate.getPublicKey());
            Instant renewAt = present.getNotAfter().toInstant().minus(LEAF_LIFE.dividedBy(3));
            List<String> names = new ArrayList<>();
            if (present.getSubjectAlternativeNames() != null) {
                present.getSubjectAlternativeNames().forEach(entry -> names.add(String.valueOf(entry.get(1))));
            }
            return clock.instant().isBefore(renewAt)
                    && names.containsAll(subject.dnsNames())
                    && names.containsAll(written(subject.addresses()));
        } catch (GeneralSecurityException | UnknownHostException e) {
            return false;
        }
    }

    /** Addresses as certificates tell them: {@code ::1} is {@code 0:0:0:0:0:0:0:1} there. */
    private static List<String> written(List<String> addresses) throws UnknownHostException {
        List<String> written = new ArrayList<>();
        for (String address : addresses) {
            written.add(InetAddress.getByName(address).getHostAddress());
        }
        return written;
    }

    private X509Certificate certify(KeyPair pair, Subject subject) {
        X500NameBuilder name = new X500NameBuilder(BCStyle.INSTANCE);
        subject.organizations().forEach(organization -> name.addRDN(BCStyle.O, organization));
        name.addRDN(BCStyle.CN, subject.commonName());
        Instant now = clock.instant();
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                certificate,
                serial(random),
                Date.from(now.minus(CLOCK_SKEW)),
                Date.from(now.plus(LEAF_LIFE)),
                new javax.security.auth.x500.X500Principal(encoded(name.build())),
                pair.getPublic());
        List<KeyPurposeId> purposes = new ArrayList<>();
        if (subject.server()) {
            purposes.add(KeyPurposeId.id_kp_serverAuth);
        }
        if (subject.client()) {
            purposes.add(KeyPurposeId.id_kp_clientAuth);
        }
        List<GeneralName> names = new ArrayList<>();
        subject.dnsNames().forEach(dns -> names.add(new GeneralName(GeneralName.dNSName, dns)));
        subject.addresses().forEach(ip -> names.add(new GeneralName(GeneralName.iPAddress, ip)));
        try {
            JcaX509ExtensionUtils extensions = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(
                    Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment));
            builder.addExtension(
                    Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes.toArray(KeyPurposeId[]::new)));
            builder.addExtension(
                    Extension.authorityKeyIdentifier, false, extensions.createAuthorityKeyIdentifier(certificate));
            if (!names.isEmpty()) {
                builder.addExtension(
                        Extension.subjectAlternativeName, false, new GeneralNames(names.toArray(GeneralName[]::new)));
            }
            return sign(builder, key);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("cannot certify " + subject.commonName(), e);
        }
    }

    private static byte[] encoded(X500Name name) {
        try {
            return name.getEncoded();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key)
            throws GeneralSecurityException {
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }

    static KeyPair newKeyPair(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no P-256 keys", e);
        }
    }

    private static BigInteger serial(SecureRandom random) {
        return new BigInteger(127, random).setBit(126);
    }

    static X509Certificate readCertificate(Path file) {
        try (Reader reader = Files.newBufferedReader(file);
                PEMParser parser = new PEMParser(reader)) {
            if (parser.readObject() instanceof X509CertificateHolder holder) {
                return new JcaX509CertificateConverter().getCertificate(holder);
            }
            throw new IllegalStateException(file + " holds no certificate");
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("cannot read the certificate " + file, e);
        }
    }

    static PrivateKey readKey(Path file) {
        try (Reader reader = Files.newBufferedReader(file);
                PEMParser parser = new PEMParser(reader)) {
            Object content = parser.readObject();
            return switch (content) {
                case PEMKeyPair pair ->
                    new JcaPEMKeyConverter().getKeyPair(pair).getPrivate();
                case org.bouncycastle.asn1.pkcs.PrivateKeyInfo info -> new JcaPEMKeyConverter().getPrivateKey(info);
                case null, default -> throw new IllegalStateException(file + " holds no private key");
            };
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the key " + file, e);
        }
    }
}
