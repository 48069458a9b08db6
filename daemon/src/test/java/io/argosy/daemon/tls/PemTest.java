package io.argosy.daemon.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.util.io.pem.PemObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PemTest {

    private static KeyPair pair(String curve) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        return generator.generateKeyPair();
    }

    private static byte[] text(Object object) throws Exception {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(object);
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static BigInteger secret(byte[] text) throws GeneralSecurityException {
        return ((ECPrivateKey) Pem.privateKey(text)).getS();
    }

    @ParameterizedTest
    @ValueSource(strings = {"secp256r1", "secp384r1", "secp521r1"})
    void readsSec1KeysWithAndWithoutTheirCurve(String curve) throws Exception {
        KeyPair pair = pair(curve);
        BigInteger wanted = ((ECPrivateKey) pair.getPrivate()).getS();
        byte[] withCurve = text(pair.getPrivate());
        assertEquals(
                "-----BEGIN EC PRIVATE KEY-----",
                new String(withCurve, StandardCharsets.US_ASCII)
                        .lines()
                        .findFirst()
                        .orElseThrow());
        assertEquals(wanted, secret(withCurve));
        int bits = ((ECPrivateKey) pair.getPrivate()).getParams().getOrder().bitLength();
        byte[] bare = new org.bouncycastle.asn1.sec.ECPrivateKey(bits, wanted).getEncoded();
        byte[] withoutCurve = text(new PemObject("EC PRIVATE KEY", bare));
        assertEquals(wanted, secret(withoutCurve));
        assertEquals(List.of(pair.getPublic()), Pem.publicKeys(withoutCurve));
    }

    @Test
    void readsPkcs1AndPkcs8() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair rsa = generator.generateKeyPair();
        assertEquals(rsa.getPrivate(), Pem.privateKey(text(rsa.getPrivate())));
        KeyPair ec = pair("secp256r1");
        byte[] pkcs8 = text(new PemObject("PRIVATE KEY", ec.getPrivate().getEncoded()));
        assertEquals(((ECPrivateKey) ec.getPrivate()).getS(), secret(pkcs8));
    }

    @Test
    void refusesWhatIsNoKey() throws Exception {
        byte[] broken = text(new PemObject("EC PRIVATE KEY", new byte[] {1, 2, 3}));
        assertThrows(GeneralSecurityException.class, () -> Pem.privateKey(broken));
        assertThrows(GeneralSecurityException.class, () -> Pem.privateKey(new byte[0]));
    }
}
