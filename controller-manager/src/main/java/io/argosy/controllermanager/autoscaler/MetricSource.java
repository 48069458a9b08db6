package io.argosy.controllermanager.autoscaler;

import io.argosy.apimodel.meta.LabelSelector;
import io.fabric8.kubernetes.api.model.autoscaling.v2.CrossVersionObjectReference;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where measures come from. What cannot be had is {@link Unavailable}. */
interface MetricSource {

    /** A measure cannot be had now; the message is for people. */
    final class Unavailable extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unavailable(String message) {
            super(message);
        }
    }

    /** What pods use of a resource, by the pods' names; those that were not measured are absent. */
    Map<String, Sample> resource(String namespace, LabelSelector pods, String resource, Optional<String> container);

    /** A measure of pods, by their names. */
    Map<String, Sample> pods(String namespace, LabelSelector pods, String metric, LabelSelector which);

    /** A measure of one object, in thousandths. */
    long object(String namespace, CrossVersionObjectReference object, String metric, LabelSelector which);

    /** The values of a measure that belongs to no object, in thousandths; at least one. */
    List<Long> external(String namespace, String metric, LabelSelector which);
}
