package io.argosy.apiserver.registry.certificates;

import io.argosy.apimodel.tree.ObjectValue;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;

/** Reads the PKCS #10 request in a CertificateSigningRequest. */
public final class CertificateRequests {

    private CertificateRequests() {}

    /** The parsed request; empty when there is none in PEM. */
    public static Optional<PKCS10CertificationRequest> parse(ObjectValue request) {
        String encoded = request.string("spec", "request").orElse("");
        try (PEMParser parser = new PEMParser(
                new StringReader(new String(Base64.getMimeDecoder().decode(encoded), StandardCharsets.US_ASCII)))) {
            return parser.readObject() instanceof PKCS10CertificationRequest parsed
                    ? Optional.of(parsed)
                    : Optional.empty();
        } catch (IOException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    public static String commonName(PKCS10CertificationRequest request) {
        return values(request, BCStyle.CN).stream().findFirst().orElse("");
    }

    public static List<String> organizations(PKCS10CertificationRequest request) {
        return values(request, BCStyle.O);
    }

    private static List<String> values(PKCS10CertificationRequest request, ASN1ObjectIdentifier type) {
        List<String> values = new ArrayList<>();
        for (RDN part : request.getSubject().getRDNs(type)) {
            for (AttributeTypeAndValue value : part.getTypesAndValues()) {
                if (value.getType().equals(type)) {
                    values.add(IETFUtils.valueToString(value.getValue()));
                }
            }
        }
        return values;
    }
}
