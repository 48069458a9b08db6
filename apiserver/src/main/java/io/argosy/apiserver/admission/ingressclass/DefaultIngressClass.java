package io.argosy.apiserver.admission.ingressclass;

import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.admission.AdmissionPlugin;
import io.argosy.apiserver.admission.AdmissionRequest;
import io.argosy.apiserver.admission.Operation;
import io.argosy.apiserver.objects.ClusterObjects;
import io.argosy.apiserver.objects.Resources;
import java.util.Comparator;

/** Gives Ingresses that name no class the default IngressClass: the newest of several. */
public final class DefaultIngressClass implements AdmissionPlugin {

    private final ClusterObjects objects;

    public DefaultIngressClass(ClusterObjects objects) {
        this.objects = objects;
    }

    @Override
    public String name() {
        return "DefaultIngressClass";
    }

    @Override
    public boolean handles(Operation operation) {
        return operation == Operation.CREATE;
    }

    @Override
    public void mutate(AdmissionRequest request) {
        if (!request.isFor("networking.k8s.io", "ingresses", "")) {
            return;
        }
        ObjectValue ingress = request.object().orElseThrow();
        if (ingress.at("spec", "ingressClassName").isPresent()
                || ingress.at("metadata", "annotations", "kubernetes.io/ingress.class")
                        .isPresent()) {
            return;
        }
        Comparator<ObjectValue> byAge = Comparator.comparing((ObjectValue found) ->
                found.string("metadata", "creationTimestamp").orElse(""));
        objects.list(Resources.INGRESS_CLASSES, "").stream()
                .filter(found -> found.string("metadata", "annotations", "ingressclass.kubernetes.io/is-default-class")
                        .orElse("")
                        .equals("true"))
                .max(byAge.thenComparing(
                        found -> found.string("metadata", "name").orElse(""), Comparator.reverseOrder()))
                .flatMap(found -> found.string("metadata", "name"))
                .ifPresent(name -> ingress.objectOrNew("spec").put("ingressClassName", name));
    }
}
