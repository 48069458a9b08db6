package io.argosy.daemon.tls;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;

/** Certificates for ports that were given none. */
public final class SelfSigned {

    private static final Duration VALID = Duration.ofDays(365);

    private SelfSigned() {}

    /**
     * The pair {@code name.crt} and {@code name.key} of a directory, made if it is not there. Without a directory the
     * pair lives in a private temporary one and is removed when the process ends.
     */
    public static CertificateFiles files(String directory, String name, InstantSource clock)
            throws IOException, GeneralSecurityException {
        return files(directory, name, List.of(), clock);
    }

    /** @param names further host names and addresses that a new certificate is for */
    public static CertificateFiles files(String directory, String name, List<String> names, InstantSource clock)
            throws IOException, GeneralSecurityException {
        Path home = directory.isEmpty() ? temporary() : Files.createDirectories(Path.of(directory));
        Path certificate = home.resolve(name + ".crt");
        Path key = home.resolve(name + ".key");
        if (!Files.exists(certificate) || !Files.exists(key)) {
            write(certificate, key, names, clock.instant());
        }
        if (directory.isEmpty()) {
            home.toFile().deleteOnExit();
            certificate.toFile().deleteOnExit();
            key.toFile().deleteOnExit();
        }
        return CertificateFiles.of(certificate, key);
    }

    private static Path temporary() throws IOException {
        return Files.createTempDirectory(
                "serving", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    private static void write(Path certificate, Path key, List<String> more, Instant now)
            throws IOException, GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        KeyPair pair = generator.generateKeyPair();
        String host = InetAddress.getLocalHost().getHostName();
        X500Name subject = new X500Name("CN=" + host.replaceAll("[^A-Za-z0-9.-]", "") + "@" + now.getEpochSecond());
        GeneralNames names = new GeneralNames(Stream.concat(Stream.of(host, "localhost", "127.0.0.1"), more.stream())
                .distinct()
                .map(SelfSigned::name)
                .toArray(GeneralName[]::new));
        try {
            X509CertificateHolder made = new JcaX509v3CertificateBuilder(
                            subject,
                            new BigInteger(127, new SecureRandom()),
                            Date.from(now.minusSeconds(300)),
                            Date.from(now.plus(VALID)),
                            subject,
                            pair.getPublic())
                    .addExtension(Extension.subjectAlternativeName, false, names)
                    .addExtension(
                            Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()));
            Files.createFile(key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(
                    key, pem(new PemObject("PRIVATE KEY", pair.getPrivate().getEncoded())));
            Files.writeString(certificate, pem(made));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }

    private static GeneralName name(String text) {
        boolean address = text.indexOf(':') >= 0 || text.matches("[0-9.]+");
        return new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, text);
    }

    private static String pem(Object object) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(object);
        }
        return text.toString();
    }
}
