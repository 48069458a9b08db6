package io.argosy.apiserver.admission.nodetaint;

import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.admission.AdmissionPlugin;
import io.argosy.apiserver.admission.AdmissionRequest;
import io.argosy.apiserver.admission.Operation;

/** Taints new nodes as not ready, so that nothing is scheduled there before their conditions are known. */
public final class TaintNodesByCondition implements AdmissionPlugin {

    private static final String NOT_READY = "node.kubernetes.io/not-ready";

    @Override
    public String name() {
        return "TaintNodesByCondition";
    }

    @Override
    public boolean handles(Operation operation) {
        return operation == Operation.CREATE;
    }

    @Override
    public void mutate(AdmissionRequest request) {
        if (request.isFor("", "nodes", "")) {
            request.object().ifPresent(TaintNodesByCondition::taint);
        }
    }

    private static void taint(ObjectValue node) {
        boolean tainted = node.array("spec", "taints").stream()
                .flatMap(ArrayValue::objects)
                .anyMatch(taint -> taint.string("key").orElse("").equals(NOT_READY)
                        && taint.string("effect").orElse("").equals("NoSchedule"));
        if (!tainted) {
            node.objectOrNew("spec")
                    .arrayOrNew("taints")
                    .add(new ObjectValue().put("key", NOT_READY).put("effect", "NoSchedule"));
        }
    }
}
