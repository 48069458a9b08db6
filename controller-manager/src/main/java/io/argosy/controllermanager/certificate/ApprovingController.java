package io.argosy.controllermanager.certificate;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.client.informer.Informer;
import io.argosy.client.request.ObjectJson;
import io.argosy.client.transport.HttpAnswer;
import io.argosy.client.transport.HttpCall;
import io.argosy.controllermanager.loop.Controller;
import io.argosy.controllermanager.loop.ControllerContext;
import io.argosy.controllermanager.loop.Outcome;
import io.argosy.controllermanager.loop.ReconcileLoop;
import io.argosy.daemon.lifecycle.TaskScope;
import io.fabric8.kubernetes.api.model.certificates.v1.CertificateSigningRequest;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;

/** Approves kubelets' requests for client certificates where their callers may have them. */
public final class ApprovingController implements Controller {

    private final ControllerContext context;
    private final Informer<CertificateSigningRequest> requests;
    private final ReconcileLoop<ObjectKey> loop;

    public ApprovingController(ControllerContext context) {
        this.context = context;
        requests = context.informers().informer(CertificateSigningRequest.class);
        loop = context.loop("csrapproving", 5, this::reconcile);
        requests.addHandler(ReconcileLoop.keys(loop));
    }

    private Outcome reconcile(ObjectKey key) {
        Optional<CertificateSigningRequest> found = requests.get(key);
        if (found.isEmpty()
                || !Requests.KUBELET_CLIENT.equals(found.get().getSpec().getSignerName())
                || Requests.hasCertificate(found.get())
                || Requests.has(found.get(), "Approved")
                || Requests.has(found.get(), "Denied")) {
            return Outcome.DONE;
        }
        CertificateSigningRequest request = found.get();
        PKCS10CertificationRequest parsed;
        try {
            parsed = Requests.parse(request);
        } catch (IOException e) {
            return Outcome.DONE;
        }
        if (Requests.violation(request, parsed).isPresent()) {
            return Outcome.DONE;
        }
        boolean own = Requests.values(parsed, BCStyle.CN)
                .equals(List.of(request.getSpec().getUsername()));
        if (own && may(request, "selfnodeclient")) {
            return approve(request, "Auto approving self kubelet client certificate after SubjectAccessReview.");
        }
        if (may(request, "nodeclient")) {
            return approve(request, "Auto approving kubelet client certificate after SubjectAccessReview.");
        }
        return Outcome.DONE;
    }

    private boolean may(CertificateSigningRequest request, String subresource) {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("user", request.getSpec().getUsername());
        spec.put(
                "uid",
                request.getSpec().getUid() == null ? "" : request.getSpec().getUid());
        spec.put("groups", request.getSpec().getGroups());
        if (request.getSpec().getExtra() != null) {
            spec.put("extra", request.getSpec().getExtra());
        }
        spec.put(
                "resourceAttributes",
                Map.of(
                        "group", "certificates.k8s.io",
                        "resource", "certificatesigningrequests",
                        "verb", "create",
                        "subresource", subresource,
                        "version", "*"));
        Map<String, Object> review =
                Map.of("apiVersion", "authorization.k8s.io/v1", "kind", "SubjectAccessReview", "spec", spec);
        HttpAnswer answer = context.client()
                .call(HttpCall.of("POST", "/apis/authorization.k8s.io/v1/subjectaccessreviews", Map.of())
                        .withHeader("accept", "application/json")
                        .withBody("application/json", ObjectJson.write(review)));
        return answer.isSuccess()
                && ObjectJson.tree(answer.body()).path("status").path("allowed").asBoolean(false);
    }

    private Outcome approve(CertificateSigningRequest request, String message) {
        CertificateSigningRequest next = ObjectJson.copy(request);
        Conditions.add(
                next, "Approved", "AutoApproved", message, context.clock().instant());
        context.client().resource(CertificateSigningRequest.class).update(next, "approval");
        return Outcome.DONE;
    }

    @Override
    public void start(TaskScope tasks) {
        loop.start(tasks);
    }
}
