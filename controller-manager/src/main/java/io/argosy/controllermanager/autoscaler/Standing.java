package io.argosy.controllermanager.autoscaler;

import io.argosy.client.request.ObjectJson;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerCondition;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerStatus;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** The status of an autoscaler while it is worked out. One thread. */
final class Standing {

    static final String ABLE = "AbleToScale";
    static final String ACTIVE = "ScalingActive";
    static final String LIMITED = "ScalingLimited";

    private final HorizontalPodAutoscalerStatus before;
    private final HorizontalPodAutoscalerStatus status;
    private final Instant now;

    Standing(HorizontalPodAutoscaler autoscaler, Instant now) {
        before = autoscaler.getStatus() == null ? new HorizontalPodAutoscalerStatus() : autoscaler.getStatus();
        status = ObjectJson.copy(before);
        status.setConditions(new ArrayList<>(status.getConditions() == null ? List.of() : status.getConditions()));
        this.now = now;
    }

    void condition(String type, boolean holds, String reason, String message) {
        HorizontalPodAutoscalerCondition condition = status.getConditions().stream()
                .filter(each -> each.getType().equals(type))
                .findFirst()
                .orElseGet(() -> {
                    HorizontalPodAutoscalerCondition made = new HorizontalPodAutoscalerCondition();
                    made.setType(type);
                    status.getConditions().add(made);
                    return made;
                });
        String value = holds ? "True" : "False";
        if (!value.equals(condition.getStatus())) {
            condition.setLastTransitionTime(stamp());
        }
        condition.setStatus(value);
        condition.setReason(reason);
        condition.setMessage(message);
    }

    void counts(int current, int desired, List<MetricStatus> metrics) {
        status.setCurrentReplicas(current);
        status.setDesiredReplicas(desired);
        status.setCurrentMetrics(metrics);
    }

    /** What was wanted before stays. */
    void counts(int current, List<MetricStatus> metrics) {
        counts(current, status.getDesiredReplicas() == null ? 0 : status.getDesiredReplicas(), metrics);
    }

    void scaled() {
        status.setLastScaleTime(stamp());
    }

    private String stamp() {
        return now.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    boolean changed() {
        return !status.equals(before);
    }

    HorizontalPodAutoscalerStatus status() {
        return status;
    }
}
