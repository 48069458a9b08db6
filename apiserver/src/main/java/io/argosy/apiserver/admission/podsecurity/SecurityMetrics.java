package io.argosy.apiserver.admission.podsecurity;

import io.argosy.apiserver.admission.AdmissionRequest;
import io.argosy.daemon.metrics.Metrics;
import io.prometheus.metrics.core.metrics.Counter;
import java.util.Locale;

/** What is counted of evaluations, as upstream names it. */
final class SecurityMetrics {

    /** The release that this server is. */
    private static final Release OWN = new Release(36);

    private final Counter evaluations;
    private final Counter exemptions;
    private final Counter errors;

    SecurityMetrics(Metrics metrics) {
        evaluations = metrics.counter(
                "pod_security_evaluations_total",
                "Number of policy evaluations that occurred, not counting ignored or exempt requests.",
                "decision",
                "policy_level",
                "policy_version",
                "mode",
                "request_operation",
                "resource",
                "subresource");
        exemptions = metrics.counter(
                "pod_security_exemptions_total",
                "Number of exempt requests, not counting ignored or out of scope requests.",
                "request_operation",
                "resource",
                "subresource");
        errors = metrics.counter(
                "pod_security_errors_total",
                "Number of errors preventing normal evaluation. Non-fatal errors may result in the latest restricted "
                        + "profile being used for evaluation.",
                "fatal",
                "request_operation",
                "resource",
                "subresource");
        for (String operation : new String[] {"create", "update"}) {
            evaluations.initLabelValues("allow", "privileged", "latest", "enforce", operation, "pod", "");
            exemptions.initLabelValues(operation, "pod", "");
            exemptions.initLabelValues(operation, "controller", "");
        }
    }

    void evaluated(AdmissionRequest request, Evaluation.Counted counted) {
        evaluations
                .labelValues(
                        counted.allowed() ? "allow" : "deny",
                        counted.standard().level().toString(),
                        version(counted.standard()),
                        counted.mode(),
                        operation(request),
                        resource(request),
                        request.subresource())
                .inc();
    }

    private static String version(Standard standard) {
        if (standard.level() == Level.PRIVILEGED || standard.release().equals(Release.LATEST)) {
            return "latest";
        }
        return standard.release().compareTo(OWN) > 0
                ? "future"
                : standard.release().toString();
    }

    void exempted(AdmissionRequest request) {
        exemptions
                .labelValues(operation(request), resource(request), request.subresource())
                .inc();
    }

    void failed(AdmissionRequest request, boolean fatal) {
        errors.labelValues(String.valueOf(fatal), operation(request), resource(request), request.subresource())
                .inc();
    }

    private static String operation(AdmissionRequest request) {
        return request.operation().name().toLowerCase(Locale.ROOT);
    }

    private static String resource(AdmissionRequest request) {
        return switch (request.resource().resource()) {
            case "pods" -> "pod";
            case "namespaces" -> "namespace";
            default -> "controller";
        };
    }
}
