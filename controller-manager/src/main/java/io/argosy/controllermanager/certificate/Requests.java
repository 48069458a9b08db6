package io.argosy.controllermanager.certificate;

import io.fabric8.kubernetes.api.model.certificates.v1.CertificateSigningRequest;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;

/** Reads signing requests, and checks them against the rules of the well-known signers. Pure. */
final class Requests {

    static final String CLIENT = "kubernetes.io/kube-apiserver-client";
    static final String KUBELET_CLIENT = "kubernetes.io/kube-apiserver-client-kubelet";
    static final String KUBELET_SERVING = "kubernetes.io/kubelet-serving";
    static final String LEGACY = "kubernetes.io/legacy-unknown";

    private static final Set<String> CLIENT_USAGES = Set.of("key encipherment", "digital signature", "client auth");
    private static final Set<String> SERVING_USAGES = Set.of("key encipherment", "digital signature", "server auth");

    private Requests() {}

    static PKCS10CertificationRequest parse(CertificateSigningRequest request) throws IOException {
        byte[] pem = Base64.getMimeDecoder().decode(request.getSpec().getRequest());
        try (PEMParser parser = new PEMParser(new StringReader(new String(pem, StandardCharsets.US_ASCII)))) {
            if (parser.readObject() instanceof PKCS10CertificationRequest parsed) {
                return parsed;
            }
        }
        throw new IOException("PEM block type must be CERTIFICATE REQUEST");
    }

    static boolean isApproved(CertificateSigningRequest request) {
        return has(request, "Approved") && !has(request, "Denied");
    }

    static boolean has(CertificateSigningRequest request, String type) {
        return request.getStatus() != null
                && request.getStatus().getConditions() != null
                && request.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals(type));
    }

    static boolean hasCertificate(CertificateSigningRequest request) {
        return request.getStatus() != null
                && request.getStatus().getCertificate() != null
                && !request.getStatus().getCertificate().isEmpty();
    }

    static List<String> values(PKCS10CertificationRequest request, org.bouncycastle.asn1.ASN1ObjectIdentifier type) {
        List<String> values = new ArrayList<>();
        for (RDN part : request.getSubject().getRDNs(type)) {
            values.add(part.getFirst().getValue().toString());
        }
        return values;
    }

    static Optional<GeneralNames> alternatives(PKCS10CertificationRequest request) {
        for (Attribute attribute : request.getAttributes(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest)) {
            Extensions extensions =
                    Extensions.getInstance(attribute.getAttrValues().getObjectAt(0));
            GeneralNames names = GeneralNames.fromExtensions(extensions, Extension.subjectAlternativeName);
            if (names != null) {
                return Optional.of(names);
            }
        }
        return Optional.empty();
    }

    /** Why the signer must not sign; empty when it may. */
    static Optional<String> violation(CertificateSigningRequest request, PKCS10CertificationRequest parsed) {
        Set<String> usages = Set.copyOf(request.getSpec().getUsages());
        return switch (request.getSpec().getSignerName()) {
            case CLIENT ->
                CLIENT_USAGES.containsAll(usages) && usages.contains("client auth")
                        ? Optional.empty()
                        : Optional.of("usages did not match expected usages for this signer");
            case KUBELET_CLIENT -> kubeletClient(usages, parsed);
            case KUBELET_SERVING -> kubeletServing(request, usages, parsed);
            case LEGACY -> Optional.empty();
            default -> Optional.of("unrecognized signer");
        };
    }

    private static Optional<String> kubeletClient(Set<String> usages, PKCS10CertificationRequest parsed) {
        Optional<String> node = node(parsed);
        if (node.isPresent()) {
            return node;
        }
        if (alternatives(parsed).isPresent()) {
            return Optional.of("subject alternative names are not allowed");
        }
        return CLIENT_USAGES.containsAll(usages)
                        && usages.contains("client auth")
                        && usages.contains("digital signature")
                ? Optional.empty()
                : Optional.of("usages did not match [client auth digital signature] or with [key encipherment]");
    }

    private static Optional<String> kubeletServing(
            CertificateSigningRequest request, Set<String> usages, PKCS10CertificationRequest parsed) {
        Optional<String> node = node(parsed);
        if (node.isPresent()) {
            return node;
        }
        if (!values(parsed, BCStyle.CN).equals(List.of(request.getSpec().getUsername()))) {
            return Optional.of("requested subject is not that of the user");
        }
        Optional<GeneralNames> names = alternatives(parsed);
        boolean any = false;
        if (names.isPresent()) {
            for (GeneralName name : names.get().getNames()) {
                if (name.getTagNo() != GeneralName.dNSName && name.getTagNo() != GeneralName.iPAddress) {
                    return Optional.of("URI and email subject alternative names are not allowed");
                }
                any = true;
            }
        }
        if (!any) {
            return Optional.of("DNS or IP subjectAltName is required");
        }
        return SERVING_USAGES.containsAll(usages)
                        && usages.contains("server auth")
                        && usages.contains("digital signature")
                ? Optional.empty()
                : Optional.of("usages did not match [server auth digital signature] or with [key encipherment]");
    }

    private static Optional<String> node(PKCS10CertificationRequest parsed) {
        if (!values(parsed, BCStyle.O).equals(List.of("system:nodes"))) {
            return Optional.of("subject organization is not system:nodes");
        }
        List<String> names = values(parsed, BCStyle.CN);
        return names.size() == 1 && names.getFirst().startsWith("system:node:")
                ? Optional.empty()
                : Optional.of("subject common name does not begin with system:node:");
    }
}
