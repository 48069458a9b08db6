package io.argosy.apiserver.admission.limitranger;

import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.admission.AdmissionPlugin;
import io.argosy.apiserver.admission.AdmissionRequest;
import io.argosy.apiserver.admission.Operation;
import io.argosy.apiserver.admission.Refusals;
import io.argosy.apiserver.objects.ClusterObjects;
import io.argosy.apiserver.objects.Resources;
import java.util.List;
import java.util.stream.Stream;

/**
 * Fills requests and limits from a namespace's LimitRanges and refuses what is outside them.
 *
 * <p>Source: Kubernetes page "Limit Ranges".
 */
public final class LimitRanger implements AdmissionPlugin {

    private final ClusterObjects objects;

    public LimitRanger(ClusterObjects objects) {
        this.objects = objects;
    }

    @Override
    public String name() {
        return "LimitRanger";
    }

    @Override
    public boolean handles(Operation operation) {
        return operation == Operation.CREATE || operation == Operation.UPDATE;
    }

    @Override
    public void mutate(AdmissionRequest request) {
        if (!request.isFor("", "pods", "") || request.operation() == Operation.UPDATE) {
            return;
        }
        ObjectValue pod = request.object().orElseThrow();
        limits(request).filter(limit -> type(limit).equals("Container")).forEach(limit -> Defaulting.fill(pod, limit));
    }

    @Override
    public void validate(AdmissionRequest request) {
        boolean pod = request.isFor("", "pods", "") && request.operation() == Operation.CREATE
                || request.isFor("", "pods", "resize");
        boolean claim = request.isFor("", "persistentvolumeclaims", "");
        if (!pod && !claim) {
            return;
        }
        ObjectValue object = request.object().orElseThrow();
        if (object.string("metadata", "deletionTimestamp").isPresent()) {
            return;
        }
        List<String> problems = limits(request)
                .flatMap(limit -> (pod ? Bounds.ofPod(object, limit) : Bounds.ofClaim(object, limit)).stream())
                .toList();
        if (!problems.isEmpty()) {
            throw Refusals.forbidden(
                    request, problems.size() == 1 ? problems.getFirst() : "[" + String.join(", ", problems) + "]");
        }
    }

    private Stream<ObjectValue> limits(AdmissionRequest request) {
        return objects.list(Resources.LIMIT_RANGES, request.namespace()).stream()
                .flatMap(range -> range.array("spec", "limits").stream())
                .flatMap(ArrayValue::objects);
    }

    static String type(ObjectValue limit) {
        return limit.string("type").orElse("");
    }
}
