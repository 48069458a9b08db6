package io.argosy.apiserver.admission.certificates;

import io.argosy.apiserver.admission.AdmissionPlugin;
import io.argosy.apiserver.admission.AdmissionRequest;
import io.argosy.apiserver.admission.Operation;
import io.argosy.apiserver.authz.Authorizer;

/** Approving a request takes the verb {@code approve} on its signer. */
public final class CertificateApproval implements AdmissionPlugin {

    private final SignerAccess access;

    public CertificateApproval(Authorizer authorizer) {
        this.access = new SignerAccess(authorizer);
    }

    @Override
    public String name() {
        return "CertificateApproval";
    }

    @Override
    public boolean handles(Operation operation) {
        return operation == Operation.UPDATE;
    }

    @Override
    public void validate(AdmissionRequest request) {
        if (request.isFor("certificates.k8s.io", "certificatesigningrequests", "approval")) {
            access.check(request, "approve");
        }
    }
}
