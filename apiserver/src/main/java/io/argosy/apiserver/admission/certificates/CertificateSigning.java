package io.argosy.apiserver.admission.certificates;

import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.admission.AdmissionPlugin;
import io.argosy.apiserver.admission.AdmissionRequest;
import io.argosy.apiserver.admission.Operation;
import io.argosy.apiserver.authz.Authorizer;
import io.argosy.apiserver.registry.lifecycle.Trees;

/** Issuing a certificate or failing a request takes the verb {@code sign} on its signer. */
public final class CertificateSigning implements AdmissionPlugin {

    private final SignerAccess access;

    public CertificateSigning(Authorizer authorizer) {
        this.access = new SignerAccess(authorizer);
    }

    @Override
    public String name() {
        return "CertificateSigning";
    }

    @Override
    public boolean handles(Operation operation) {
        return operation == Operation.UPDATE;
    }

    @Override
    public void validate(AdmissionRequest request) {
        if (!request.isFor("certificates.k8s.io", "certificatesigningrequests", "status")) {
            return;
        }
        ObjectValue object = request.object().orElseThrow();
        ObjectValue old = request.oldObject().orElseThrow();
        boolean unchanged = Trees.same(object.at("status", "certificate"), old.at("status", "certificate"))
                && Trees.same(object.at("status", "conditions"), old.at("status", "conditions"));
        if (!unchanged) {
            access.check(request, "sign");
        }
    }
}
