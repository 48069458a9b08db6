package io.argosy.apiserver.admission.certificates;

import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.admission.AdmissionPlugin;
import io.argosy.apiserver.admission.AdmissionRequest;
import io.argosy.apiserver.admission.Operation;
import io.argosy.apiserver.admission.Refusals;
import io.argosy.apiserver.registry.certificates.CertificateRequests;

/** Nobody gets a client certificate of the group {@code system:masters} by a request. */
public final class CertificateSubjectRestriction implements AdmissionPlugin {

    @Override
    public String name() {
        return "CertificateSubjectRestriction";
    }

    @Override
    public boolean handles(Operation operation) {
        return operation == Operation.CREATE;
    }

    @Override
    public void validate(AdmissionRequest request) {
        if (!request.isFor("certificates.k8s.io", "certificatesigningrequests", "")) {
            return;
        }
        ObjectValue object = request.object().orElseThrow();
        if (!object.string("spec", "signerName").orElse("").equals("kubernetes.io/kube-apiserver-client")) {
            return;
        }
        boolean masters = CertificateRequests.parse(object)
                .map(parsed -> CertificateRequests.organizations(parsed).contains("system:masters"))
                .orElse(false);
        if (masters) {
            throw Refusals.forbidden(
                    request,
                    "use of kubernetes.io/kube-apiserver-client signer with system:masters group is not allowed");
        }
    }
}
