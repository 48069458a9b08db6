package io.argosy.apiserver.registry.core;

import io.argosy.apimodel.meta.Names;
import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.registry.check.Spot;
import java.util.List;

/** Rules of probes and of what runs at the start and end of a container. */
final class HandlerRules {

    private HandlerRules() {}

    static void checkProbes(Spot container) {
        for (String kind : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
            Spot probe = container.at(kind);
            if (probe.present()) {
                probe(probe, kind.equals("readinessProbe"));
            }
        }
    }

    private static void probe(Spot probe, boolean readiness) {
        handler(probe, List.of("exec", "httpGet", "tcpSocket", "grpc"), Long.MAX_VALUE);
        for (String field : List.of(
                "initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold", "failureThreshold")) {
            probe.at(field).notNegative();
        }
        Spot grace = probe.at("terminationGracePeriodSeconds");
        if (grace.present() && grace.number() <= 0) {
            grace.invalid("must be greater than 0");
        }
        if (readiness && grace.present()) {
            grace.invalid("must not be set for readinessProbes");
        }
        Spot successes = probe.at("successThreshold");
        if (!readiness && successes.present() && successes.number() != 1) {
            successes.invalid("must be 1");
        }
    }

    static void checkLifecycle(Spot container, long gracePeriod) {
        for (String kind : List.of("postStart", "preStop")) {
            Spot handler = container.at("lifecycle", kind);
            if (handler.present()) {
                handler(handler, List.of("exec", "httpGet", "tcpSocket", "sleep"), gracePeriod);
            }
        }
    }

    private static void handler(Spot place, List<String> kinds, long gracePeriod) {
        boolean found = false;
        for (String kind : kinds) {
            Spot handler = place.at(kind);
            if (handler.present()) {
                if (found) {
                    handler.forbidden("may not specify more than 1 handler type");
                } else {
                    found = true;
                    action(kind, handler, gracePeriod);
                }
            }
        }
        if (!found) {
            place.required("must specify a handler type");
        }
    }

    private static void action(String kind, Spot handler, long gracePeriod) {
        switch (kind) {
            case "exec" -> handler.at("command").needed();
            case "httpGet" -> http(handler);
            case "sleep" -> {
                long seconds = handler.number("seconds");
                if (seconds < 0 || seconds > gracePeriod) {
                    handler.invalid(
                            Value.of(seconds),
                            "must be non-negative and less than terminationGracePeriodSeconds (" + gracePeriod + ")");
                }
            }
            default -> handler.at("port").portOrName();
        }
    }

    private static void http(Spot get) {
        get.at("port").portOrName();
        get.at("scheme").oneOf("HTTP", "HTTPS");
        for (Spot header : get.items("httpHeaders")) {
            Names.httpHeaderName(header.text("name"))
                    .forEach(why ->
                            get.add(FieldError.invalid(get.path().child("httpHeaders"), header.text("name"), why)));
        }
    }
}
