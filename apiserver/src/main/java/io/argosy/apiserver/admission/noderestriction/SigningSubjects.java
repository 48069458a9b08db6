package io.argosy.apiserver.admission.noderestriction;

import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.registry.certificates.CertificateRequests;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;

/** Kubelets ask for certificates for themselves only. */
final class SigningSubjects {

    private static final Set<String> SIGNERS =
            Set.of("kubernetes.io/kubelet-serving", "kubernetes.io/kube-apiserver-client-kubelet");

    private SigningSubjects() {}

    static Optional<String> problem(String node, ObjectValue request) {
        if (!SIGNERS.contains(request.string("spec", "signerName").orElse(""))) {
            return Optional.empty();
        }
        Optional<PKCS10CertificationRequest> parsed = CertificateRequests.parse(request);
        if (parsed.isEmpty()) {
            return Optional.of("unable to parse csr: PEM block type must be CERTIFICATE REQUEST");
        }
        String name = CertificateRequests.commonName(parsed.get());
        return name.equals("system:node:" + node)
                ? Optional.empty()
                : Optional.of("can only create a node CSR with CN=system:node:" + node);
    }
}
