package io.argosy.apiserver.admission.certificates;

import io.argosy.apiserver.admission.AdmissionRequest;
import io.argosy.apiserver.admission.Refusals;
import io.argosy.apiserver.authz.Attributes;
import io.argosy.apiserver.authz.Authorizer;

/** Whether a user may do something with a signer, or with all signers of its domain. */
record SignerAccess(Authorizer authorizer) {

    void check(AdmissionRequest request, String verb) {
        String signer = request.oldObject()
                .or(request::object)
                .flatMap(object -> object.string("spec", "signerName"))
                .orElse("");
        if (!allowed(request, verb, signer)
                && !allowed(request, verb, signer.substring(0, Math.max(0, signer.indexOf('/'))) + "/*")) {
            throw Refusals.forbidden(
                    request, "user not permitted to " + verb + " requests with signerName \"" + signer + "\"");
        }
    }

    private boolean allowed(AdmissionRequest request, String verb, String name) {
        return authorizer
                .authorize(
                        Attributes.resource(request.user(), verb, "", "certificates.k8s.io", "*", "signers", "", name))
                .allowed();
    }
}
