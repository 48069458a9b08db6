package io.argosy.daemon.tls;

import java.io.IOException;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.openssl.PEMKeyPair;

/**
 * Reads elliptic curve keys in the form of SEC 1. Writers may leave out the curve, which then follows from the length of
 * the key, and the public point, which is computed.
 *
 * <p>Source: RFC 5915, section 3.
 */
final class EcKeys {

    private EcKeys() {}

    static PEMKeyPair pair(byte[] der) throws IOException {
        ECPrivateKey key = ECPrivateKey.getInstance(der);
        ASN1Encodable curve = key.getParametersObject();
        if (curve == null) {
            curve = curveOf(key);
        }
        AlgorithmIdentifier algorithm = new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, curve);
        X9ECParameters parameters = curve instanceof ASN1ObjectIdentifier name
                ? ECNamedCurveTable.getByOID(name)
                : X9ECParameters.getInstance(curve);
        if (parameters == null) {
            throw new IOException("unknown elliptic curve " + curve);
        }
        byte[] point = new FixedPointCombMultiplier()
                .multiply(parameters.getG(), key.getKey())
                .getEncoded(false);
        return new PEMKeyPair(new SubjectPublicKeyInfo(algorithm, point), new PrivateKeyInfo(algorithm, key));
    }

    private static ASN1ObjectIdentifier curveOf(ECPrivateKey key) throws IOException {
        int bits = key.getKey().bitLength();
        if (bits > 384) {
            return SECObjectIdentifiers.secp521r1;
        }
        if (bits > 256) {
            return SECObjectIdentifiers.secp384r1;
        }
        return SECObjectIdentifiers.secp256r1;
    }
}
