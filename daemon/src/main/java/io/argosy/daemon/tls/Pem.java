package io.argosy.daemon.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.bouncycastle.util.io.pem.PemWriter;

/** Reads PEM texts: certificates, private keys (PKCS #1, PKCS #8, SEC 1) and public keys. */
public final class Pem {

    private Pem() {}

    /** All certificates of a text in order. */
    public static List<X509Certificate> certificates(byte[] text) throws GeneralSecurityException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (Object block : blocks(text)) {
            if (block instanceof X509CertificateHolder holder) {
                certificates.add(certificate(holder));
            }
        }
        return certificates;
    }

    /** The first private key of a text. */
    public static PrivateKey privateKey(byte[] text) throws GeneralSecurityException {
        JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
        for (Object block : blocks(text)) {
            try {
                if (block instanceof PEMKeyPair pair) {
                    return converter.getPrivateKey(pair.getPrivateKeyInfo());
                }
                if (block instanceof PrivateKeyInfo info) {
                    return converter.getPrivateKey(info);
                }
            } catch (IOException e) {
                throw new GeneralSecurityException("private key cannot be read", e);
            }
        }
        throw new GeneralSecurityException("no private key found");
    }

    /** All public keys of a text: public key blocks, and the public halves of private keys and certificates. */
    public static List<PublicKey> publicKeys(byte[] text) throws GeneralSecurityException {
        JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
        List<PublicKey> keys = new ArrayList<>();
        for (Object block : blocks(text)) {
            try {
                switch (block) {
                    case SubjectPublicKeyInfo info -> keys.add(converter.getPublicKey(info));
                    case PEMKeyPair pair -> keys.add(converter.getKeyPair(pair).getPublic());
                    case X509CertificateHolder holder ->
                        keys.add(certificate(holder).getPublicKey());
                    default -> {
                        continue;
                    }
                }
            } catch (IOException e) {
                throw new GeneralSecurityException("public key cannot be read", e);
            }
        }
        return keys;
    }

    private static X509Certificate certificate(X509CertificateHolder holder) throws CertificateException {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(holder.getEncoded()));
        } catch (IOException e) {
            throw new CertificateException(e);
        }
    }

    private static List<Object> blocks(byte[] text) throws GeneralSecurityException {
        List<Object> blocks = new ArrayList<>();
        try (PemReader reader = new PemReader(new StringReader(new String(text, StandardCharsets.US_ASCII)))) {
            for (PemObject block = reader.readPemObject(); block != null; block = reader.readPemObject()) {
                boolean plainEc = block.getType().equals("EC PRIVATE KEY")
                        && block.getHeaders().isEmpty();
                blocks.add(plainEc ? EcKeys.pair(block.getContent()) : parsed(block));
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new GeneralSecurityException("not a PEM text", e);
        }
        return blocks;
    }

    private static Object parsed(PemObject block) throws IOException {
        StringWriter text = new StringWriter();
        try (PemWriter writer = new PemWriter(text)) {
            writer.writeObject(block);
        }
        try (PEMParser parser = new PEMParser(new StringReader(text.toString()))) {
            Object object = parser.readObject();
            return object == null ? block : object;
        }
    }
}
