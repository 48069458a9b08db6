package io.argosy.apiserver.admission.tolerations;

import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.admission.AdmissionPlugin;
import io.argosy.apiserver.admission.AdmissionRequest;
import io.argosy.apiserver.admission.Operation;
import java.util.Optional;

/** Lets pods that say nothing of it stay a while on a node that is not ready or not reachable. */
public final class DefaultTolerationSeconds implements AdmissionPlugin {

    private static final String NOT_READY = "node.kubernetes.io/not-ready";
    private static final String UNREACHABLE = "node.kubernetes.io/unreachable";

    private final long notReadySeconds;
    private final long unreachableSeconds;

    /** The seconds are those of {@code --default-not-ready-toleration-seconds} and its sibling, 300 unless told. */
    public DefaultTolerationSeconds(long notReadySeconds, long unreachableSeconds) {
        this.notReadySeconds = notReadySeconds;
        this.unreachableSeconds = unreachableSeconds;
    }

    @Override
    public String name() {
        return "DefaultTolerationSeconds";
    }

    @Override
    public boolean handles(Operation operation) {
        return operation == Operation.CREATE || operation == Operation.UPDATE;
    }

    @Override
    public void mutate(AdmissionRequest request) {
        if (!request.isFor("", "pods", "")) {
            return;
        }
        request.object().ifPresent(pod -> {
            boolean notReady = tolerates(pod, NOT_READY);
            boolean unreachable = tolerates(pod, UNREACHABLE);
            if (!notReady) {
                add(pod, NOT_READY, notReadySeconds);
            }
            if (!unreachable) {
                add(pod, UNREACHABLE, unreachableSeconds);
            }
        });
    }

    private static boolean tolerates(ObjectValue pod, String taint) {
        Optional<ArrayValue> tolerations = pod.array("spec", "tolerations");
        return tolerations.isPresent()
                && tolerations.get().objects().anyMatch(toleration -> {
                    String key = toleration.string("key").orElse("");
                    String effect = toleration.string("effect").orElse("");
                    return (key.isEmpty() || key.equals(taint)) && (effect.isEmpty() || effect.equals("NoExecute"));
                });
    }

    private static void add(ObjectValue pod, String taint, long seconds) {
        pod.objectOrNew("spec")
                .arrayOrNew("tolerations")
                .add(new ObjectValue()
                        .put("key", taint)
                        .put("operator", "Exists")
                        .put("effect", "NoExecute")
                        .put("tolerationSeconds", seconds));
    }
}
