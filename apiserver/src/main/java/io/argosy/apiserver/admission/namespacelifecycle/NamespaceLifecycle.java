package io.argosy.apiserver.admission.namespacelifecycle;

import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.admission.AdmissionPlugin;
import io.argosy.apiserver.admission.AdmissionRequest;
import io.argosy.apiserver.admission.Operation;
import io.argosy.apiserver.admission.Refusals;
import io.argosy.apiserver.objects.ClusterObjects;
import io.argosy.apiserver.objects.Resources;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Refuses creates in namespaces that do not exist or are being deleted, and the deletion of those of the system. */
public final class NamespaceLifecycle implements AdmissionPlugin {

    private static final Set<String> IMMORTAL = Set.of("default", "kube-system", "kube-public");

    private final ClusterObjects objects;

    public NamespaceLifecycle(ClusterObjects objects) {
        this.objects = objects;
    }

    @Override
    public String name() {
        return "NamespaceLifecycle";
    }

    @Override
    public boolean handles(Operation operation) {
        return operation != Operation.CONNECT;
    }

    @Override
    public void mutate(AdmissionRequest request) {
        boolean isNamespace = request.resource().groupResource().equals(Resources.NAMESPACES);
        if (request.operation() == Operation.DELETE && isNamespace && IMMORTAL.contains(request.name())) {
            throw Refusals.forbidden(request, "this namespace may not be deleted");
        }
        if (isNamespace
                || request.namespace().isEmpty()
                || request.operation() == Operation.DELETE
                || isReview(request)) {
            return;
        }
        Optional<ObjectValue> namespace = objects.find(Resources.NAMESPACES, "", request.namespace())
                .or(() -> objects.findLatest(Resources.NAMESPACES, "", request.namespace()));
        if (namespace.isEmpty()) {
            throw ApiException.notFound(Resources.NAMESPACES, request.namespace());
        }
        boolean terminating =
                namespace.get().string("status", "phase").orElse("").equals("Terminating");
        if (request.operation() == Operation.CREATE && terminating) {
            throw terminating(request);
        }
    }

    private static boolean isReview(AdmissionRequest request) {
        return request.resource().group().equals("authorization.k8s.io");
    }

    private static ApiException terminating(AdmissionRequest request) {
        ApiException refusal = Refusals.forbidden(
                request,
                "unable to create new content in namespace " + request.namespace() + " because it is being terminated");
        ApiException.Details details = refusal.details();
        return new ApiException(
                refusal.code(),
                refusal.reason(),
                refusal.message(),
                new ApiException.Details(
                        details.name(),
                        details.group(),
                        details.kind(),
                        details.uid(),
                        List.of(new ApiException.Cause(
                                "NamespaceTerminating",
                                "namespace " + request.namespace() + " is being terminated",
                                "metadata.namespace")),
                        details.retryAfterSeconds()));
    }
}
