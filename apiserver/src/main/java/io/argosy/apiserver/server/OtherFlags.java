package io.argosy.apiserver.server;

import io.argosy.daemon.config.Problems;
import io.argosy.daemon.flags.Flag;
import io.argosy.daemon.flags.FlagSection;
import io.argosy.daemon.flags.FlagSet;
import io.argosy.daemon.flags.GoDuration;
import io.argosy.daemon.flags.ParsedFlags;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Flags of upstream's kube-apiserver beside those of {@link ServerFlags}: either they tune what is done here in another
 * way, and are taken without effect, or they ask for what is not here, and are refused.
 */
final class OtherFlags {

    private enum Kind {
        TEXT,
        LIST,
        NUMBER,
        TRUTH,
        DURATION,
        DECIMAL,
        PAIRS,
        GATES,
        LABELS,
        NUMBERS
    }

    private record Other(String section, String name, Kind kind, String byDefault) {}

    private static final String NO_EFFECT = "Taken for compatibility; has no effect.";

    private static final String REFUSED_USAGE = "Not supported: refused when given.";

    private static final List<Other> WITHOUT_EFFECT = List.of(
            new Other("Generic flags", "cors-allowed-origins", Kind.LIST, ""),
            new Other("Generic flags", "emulated-version", Kind.LIST, ""),
            new Other("Generic flags", "emulation-forward-compatible", Kind.TRUTH, "false"),
            new Other("Generic flags", "feature-gates", Kind.GATES, ""),
            new Other("Generic flags", "livez-grace-period", Kind.DURATION, "0s"),
            new Other("Generic flags", "min-compatibility-version", Kind.LIST, ""),
            new Other("Generic flags", "runtime-config-emulation-forward-compatible", Kind.TRUTH, "false"),
            new Other("Generic flags", "send-retry-after-while-not-ready-once", Kind.TRUTH, "false"),
            new Other("Generic flags", "shutdown-send-retry-after", Kind.TRUTH, "false"),
            new Other("Generic flags", "storage-initialization-timeout", Kind.DURATION, "1m0s"),
            new Other("Generic flags", "strict-transport-security-directives", Kind.LIST, ""),
            new Other("Etcd flags", "delete-collection-workers", Kind.NUMBER, "1"),
            new Other("Etcd flags", "enable-garbage-collector", Kind.TRUTH, "true"),
            new Other("Etcd flags", "encryption-provider-config-automatic-reload", Kind.TRUTH, "false"),
            new Other("Etcd flags", "etcd-count-metric-poll-period", Kind.DURATION, "1m0s"),
            new Other("Etcd flags", "etcd-db-metric-poll-interval", Kind.DURATION, "30s"),
            new Other("Etcd flags", "etcd-healthcheck-timeout", Kind.DURATION, "2s"),
            new Other("Etcd flags", "etcd-readycheck-timeout", Kind.DURATION, "2s"),
            new Other("Etcd flags", "lease-reuse-duration-seconds", Kind.NUMBER, "60"),
            new Other("Etcd flags", "storage-backend", Kind.TEXT, ""),
            new Other("Etcd flags", "storage-media-type", Kind.TEXT, "application/vnd.kubernetes.protobuf"),
            new Other("Etcd flags", "watch-cache", Kind.TRUTH, "true"),
            new Other("Etcd flags", "watch-cache-sizes", Kind.LIST, ""),
            new Other("Secure serving flags", "permit-address-sharing", Kind.TRUTH, "false"),
            new Other("Secure serving flags", "permit-port-sharing", Kind.TRUTH, "false"),
            new Other("Secure serving flags", "tls-curve-preferences", Kind.NUMBERS, ""),
            new Other("Auditing flags", "audit-log-batch-buffer-size", Kind.NUMBER, "10000"),
            new Other("Auditing flags", "audit-log-batch-max-size", Kind.NUMBER, "1"),
            new Other("Auditing flags", "audit-log-batch-max-wait", Kind.DURATION, "0s"),
            new Other("Auditing flags", "audit-log-batch-throttle-burst", Kind.NUMBER, "0"),
            new Other("Auditing flags", "audit-log-batch-throttle-enable", Kind.TRUTH, "false"),
            new Other("Auditing flags", "audit-log-batch-throttle-qps", Kind.DECIMAL, ""),
            new Other("Auditing flags", "audit-log-compress", Kind.TRUTH, "false"),
            new Other("Auditing flags", "audit-log-format", Kind.TEXT, "json"),
            new Other("Auditing flags", "audit-log-maxage", Kind.NUMBER, "366"),
            new Other("Auditing flags", "audit-log-maxbackup", Kind.NUMBER, "100"),
            new Other("Auditing flags", "audit-log-maxsize", Kind.NUMBER, "100"),
            new Other("Auditing flags", "audit-log-mode", Kind.TEXT, "blocking"),
            new Other("Auditing flags", "audit-log-truncate-enabled", Kind.TRUTH, "false"),
            new Other("Auditing flags", "audit-log-truncate-max-batch-size", Kind.NUMBER, "10485760"),
            new Other("Auditing flags", "audit-log-truncate-max-event-size", Kind.NUMBER, "102400"),
            new Other("Auditing flags", "audit-log-version", Kind.TEXT, "audit.k8s.io/v1"),
            new Other("Auditing flags", "audit-webhook-batch-buffer-size", Kind.NUMBER, "10000"),
            new Other("Auditing flags", "audit-webhook-batch-max-size", Kind.NUMBER, "400"),
            new Other("Auditing flags", "audit-webhook-batch-max-wait", Kind.DURATION, "30s"),
            new Other("Auditing flags", "audit-webhook-batch-throttle-burst", Kind.NUMBER, "15"),
            new Other("Auditing flags", "audit-webhook-batch-throttle-enable", Kind.TRUTH, "true"),
            new Other("Auditing flags", "audit-webhook-batch-throttle-qps", Kind.DECIMAL, "10"),
            new Other("Auditing flags", "audit-webhook-initial-backoff", Kind.DURATION, "10s"),
            new Other("Auditing flags", "audit-webhook-mode", Kind.TEXT, "batch"),
            new Other("Auditing flags", "audit-webhook-truncate-enabled", Kind.TRUTH, "false"),
            new Other("Auditing flags", "audit-webhook-truncate-max-batch-size", Kind.NUMBER, "10485760"),
            new Other("Auditing flags", "audit-webhook-truncate-max-event-size", Kind.NUMBER, "102400"),
            new Other("Auditing flags", "audit-webhook-version", Kind.TEXT, "audit.k8s.io/v1"),
            new Other("Features flags", "contention-profiling", Kind.TRUTH, "false"),
            new Other("Features flags", "debug-socket-path", Kind.TEXT, ""),
            new Other("Features flags", "profiling", Kind.TRUTH, "true"),
            new Other("Authentication flags", "authentication-token-webhook-cache-ttl", Kind.DURATION, "2m0s"),
            new Other("Authentication flags", "authentication-token-webhook-version", Kind.TEXT, "v1beta1"),
            new Other("Authentication flags", "oidc-ca-file", Kind.TEXT, ""),
            new Other("Authentication flags", "oidc-client-id", Kind.TEXT, ""),
            new Other("Authentication flags", "oidc-groups-claim", Kind.TEXT, ""),
            new Other("Authentication flags", "oidc-groups-prefix", Kind.TEXT, ""),
            new Other("Authentication flags", "oidc-required-claim", Kind.PAIRS, ""),
            new Other("Authentication flags", "oidc-signing-algs", Kind.LIST, "RS256"),
            new Other("Authentication flags", "oidc-username-claim", Kind.TEXT, "sub"),
            new Other("Authentication flags", "oidc-username-prefix", Kind.TEXT, ""),
            new Other("Authorization flags", "authorization-webhook-cache-authorized-ttl", Kind.DURATION, "5m0s"),
            new Other("Authorization flags", "authorization-webhook-cache-unauthorized-ttl", Kind.DURATION, "30s"),
            new Other("Authorization flags", "authorization-webhook-version", Kind.TEXT, "v1beta1"),
            new Other("Admission flags", "admission-control", Kind.LIST, ""),
            new Other("Metrics flags", "allow-metric-labels", Kind.LABELS, ""),
            new Other("Metrics flags", "allow-metric-labels-manifest", Kind.TEXT, ""),
            new Other("Metrics flags", "disabled-metrics", Kind.LIST, ""),
            new Other("Metrics flags", "show-hidden-metrics-for-version", Kind.TEXT, ""),
            new Other("Misc flags", "aggregator-reject-forwarding-redirect", Kind.TRUTH, "true"),
            new Other("Misc flags", "allow-privileged", Kind.TRUTH, "false"),
            new Other("Misc flags", "coordinated-leadership-lease-duration", Kind.DURATION, "15s"),
            new Other("Misc flags", "coordinated-leadership-renew-deadline", Kind.DURATION, "10s"),
            new Other("Misc flags", "coordinated-leadership-retry-period", Kind.DURATION, "2s"),
            new Other("Misc flags", "enable-aggregator-routing", Kind.TRUTH, "false"),
            new Other("Misc flags", "enable-logs-handler", Kind.TRUTH, "false"),
            new Other("Misc flags", "endpoint-reconciler-type", Kind.TEXT, "lease"),
            new Other("Misc flags", "kubernetes-service-node-port", Kind.NUMBER, "0"),
            new Other("Misc flags", "max-connection-bytes-per-sec", Kind.NUMBER, "0"),
            new Other("Misc flags", "peer-advertise-ip", Kind.TEXT, ""),
            new Other("Misc flags", "peer-advertise-port", Kind.TEXT, ""));

    // Of those above: what another value than the default asks for is not here, and its absence would not be noticed.
    private static final Set<String> ONLY_DEFAULT = Set.of(
            "allow-metric-labels",
            "allow-metric-labels-manifest",
            "audit-log-format",
            "cors-allowed-origins",
            "debug-socket-path",
            "disabled-metrics",
            "enable-logs-handler",
            "endpoint-reconciler-type",
            "kubernetes-service-node-port",
            "peer-advertise-ip",
            "peer-advertise-port",
            "storage-media-type",
            "strict-transport-security-directives",
            "tls-curve-preferences");

    private static final List<Other> REFUSED = List.of(
            new Other("Etcd flags", "etcd-servers-overrides", Kind.LIST, ""),
            new Other("Auditing flags", "audit-webhook-config-file", Kind.TEXT, ""),
            new Other("Authentication flags", "authentication-config", Kind.TEXT, ""),
            new Other("Authentication flags", "authentication-token-webhook-config-file", Kind.TEXT, ""),
            new Other("Authentication flags", "oidc-issuer-url", Kind.TEXT, ""),
            new Other("Authorization flags", "authorization-config", Kind.TEXT, ""),
            new Other("Authorization flags", "authorization-policy-file", Kind.TEXT, ""),
            new Other("Authorization flags", "authorization-webhook-config-file", Kind.TEXT, ""),
            new Other("Egress selector flags", "egress-selector-config-file", Kind.TEXT, ""),
            new Other("Traces flags", "tracing-config-file", Kind.TEXT, ""),
            new Other("Misc flags", "peer-ca-file", Kind.TEXT, ""),
            new Other("Misc flags", "service-account-signing-endpoint", Kind.TEXT, ""));

    private final List<Flag<?>> fixed = new ArrayList<>();
    private final List<Flag<?>> refused = new ArrayList<>();

    private OtherFlags() {}

    static OtherFlags declare(FlagSet flags) {
        OtherFlags others = new OtherFlags();
        Map<String, FlagSection> sections = new LinkedHashMap<>();
        for (Other other : WITHOUT_EFFECT) {
            Flag<?> flag = declare(sections.computeIfAbsent(other.section(), flags::section), other);
            if (ONLY_DEFAULT.contains(other.name())) {
                others.fixed.add(flag);
            }
        }
        for (Other other : REFUSED) {
            FlagSection section = sections.computeIfAbsent(other.section(), flags::section);
            others.refused.add(
                    other.kind() == Kind.LIST
                            ? section.strings(other.name(), List.of(), REFUSED_USAGE)
                            : section.string(other.name(), "", REFUSED_USAGE));
        }
        return others;
    }

    private static Flag<?> declare(FlagSection section, Other other) {
        String name = other.name();
        String text = other.byDefault();
        return switch (other.kind()) {
            case TEXT -> section.string(name, text, NO_EFFECT);
            case LIST -> section.strings(name, text.isEmpty() ? List.of() : List.of(text.split(",")), NO_EFFECT);
            case NUMBER -> section.int64(name, Long.parseLong(text), NO_EFFECT);
            case TRUTH -> section.bool(name, Boolean.parseBoolean(text), NO_EFFECT);
            case DURATION -> section.duration(name, GoDuration.parse(text), NO_EFFECT);
            case DECIMAL -> section.of("float32", name, text, value -> value, value -> value, NO_EFFECT);
            case PAIRS -> section.map(name, NO_EFFECT);
            case GATES -> section.repeated("colonSeparatedMultimapStringString", name, "", NO_EFFECT);
            case LABELS -> section.repeated("stringToString", name, "[]", NO_EFFECT);
            case NUMBERS -> section.repeated("int32Slice", name, "[]", NO_EFFECT);
        };
    }

    /** Tells the flags that were given and cannot be served. */
    void check(ParsedFlags parsed, Problems problems) {
        for (Flag<?> flag : fixed) {
            problems.require(
                    parsed.get(flag).equals(flag.defaultValue()),
                    "--" + flag.name() + ": " + parsed.get(flag) + " is not supported, only what is so by default");
        }
        for (Flag<?> flag : refused) {
            Object value = parsed.get(flag);
            problems.require(value.equals("") || value.equals(List.of()), "--" + flag.name() + " is not supported");
        }
    }
}
