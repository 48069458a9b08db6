package io.argosy.kubelet.config;

import io.argosy.daemon.config.ConfigObject;
import io.argosy.daemon.config.Problems;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What a KubeletConfiguration may say, with the texts that Kubernetes' own errors have; all faults are told at once. */
final class ConfigRules {

    private static final String INVALID = "invalid configuration: ";
    private static final Pattern TAINT_KEY =
            Pattern.compile("([a-z0-9.-]{1,253}/)?[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?");
    private static final Set<String> ENFORCEMENTS = Set.of(
            "pods",
            "system-reserved",
            "system-reserved-compressible",
            "kube-reserved",
            "kube-reserved-compressible",
            "none");

    private final ConfigObject root;
    private final Problems problems;

    ConfigRules(ConfigObject root, Problems problems) {
        this.root = root;
        this.problems = problems;
    }

    void check() {
        numbers();
        images();
        periods();
        choices();
        enforcement();
        taints();
        texts();
    }

    private void require(boolean condition, String text) {
        problems.require(condition, INVALID + text);
    }

    private void within(String field, String flag, int least, int most, int otherwise) {
        int value = root.integer(field, otherwise);
        require(
                value >= least && value <= most,
                field + " (--" + flag + ") " + value + " must be between " + least + " and " + most + ", inclusive");
    }

    private void notNegative(String field, String flag) {
        long value = root.int64(field).orElse(0L);
        require(value >= 0, field + " (--" + flag + ") " + value + " must not be a negative number");
    }

    private void numbers() {
        require(root.integer("nodeLeaseDurationSeconds", 40) > 0, "nodeLeaseDurationSeconds must be greater than 0");
        within("port", "port", 1, 65535, 10250);
        int health = root.integer("healthzPort", 10248);
        require(
                health >= 0 && health <= 65535,
                "healthzPort (--healthz-port) " + health + " must be between 1 and 65535, inclusive");
        within("readOnlyPort", "read-only-port", 0, 65535, 0);
        within("iptablesDropBit", "iptables-drop-bit", 0, 31, 15);
        within("iptablesMasqueradeBit", "iptables-masquerade-bit", 0, 31, 14);
        within("oomScoreAdj", "oom-score-adj", -1000, 1000, -999);
        notNegative("eventBurst", "event-burst");
        notNegative("eventRecordQPS", "event-qps");
        notNegative("kubeAPIBurst", "kube-api-burst");
        notNegative("kubeAPIQPS", "kube-api-qps");
        notNegative("maxOpenFiles", "max-open-files");
        notNegative("maxPods", "max-pods");
        notNegative("podsPerCore", "pods-per-core");
        notNegative("registryBurst", "registry-burst");
        notNegative("registryPullQPS", "registry-qps");
        int most = root.integer("nodeStatusMaxImages", 50);
        require(most >= -1, "nodeStatusMaxImages (--node-status-max-images) " + most + " must be -1 or greater");
        double factor = root.decimal("memoryThrottlingFactor", 0.9);
        require(
                factor > 0 && factor <= 1,
                "memoryThrottlingFactor " + factor + " must be greater than 0 and less than or equal to 1.0");
        require(
                root.integer("containerLogMaxWorkers", 1) >= 1,
                "containerLogMaxWorkers must be greater than or equal to 1");
        require(root.integer("containerLogMaxFiles", 5) > 1, "containerLogMaxFiles must be greater than 1");
    }

    private void images() {
        within("imageGCHighThresholdPercent", "image-gc-high-threshold", 0, 100, 85);
        within("imageGCLowThresholdPercent", "image-gc-low-threshold", 0, 100, 80);
        int high = root.integer("imageGCHighThresholdPercent", 85);
        int low = root.integer("imageGCLowThresholdPercent", 80);
        require(
                low < high,
                "imageGCLowThresholdPercent (--image-gc-low-threshold) " + low
                        + " must be less than imageGCHighThresholdPercent (--image-gc-high-threshold) " + high);
        int parallel = root.integer("maxParallelImagePulls", 1);
        require(parallel >= 1, "maxParallelImagePulls " + parallel + " must be a positive number");
        require(
                parallel <= 1 || !root.bool("serializeImagePulls", false),
                "maxParallelImagePulls cannot be larger than 1 unless SerializeImagePulls (--serialize-image-pulls) is"
                        + " set to false");
        Duration youngest = root.duration("imageMinimumGCAge", Duration.ZERO);
        Duration oldest = root.duration("imageMaximumGCAge", Duration.ZERO);
        require(!youngest.isNegative(), "imageMinimumGCAge must not be negative");
        require(!oldest.isNegative(), "imageMaximumGCAge must not be negative");
        require(
                !oldest.isPositive() || oldest.compareTo(youngest) > 0,
                "imageMaximumGCAge must be greater than imageMinimumGCAge");
    }

    private void periods() {
        Duration quota = root.duration("cpuCFSQuotaPeriod", Duration.ofMillis(100));
        require(
                quota.toMillis() >= 1 && quota.compareTo(Duration.ofSeconds(1)) <= 0,
                "cpuCFSQuotaPeriod (--cpu-cfs-quota-period) must be between 1ms and 1sec, inclusive");
        Duration all = root.duration("shutdownGracePeriod", Duration.ZERO);
        Duration critical = root.duration("shutdownGracePeriodCriticalPods", Duration.ZERO);
        require(critical.compareTo(all) <= 0, "shutdownGracePeriodCriticalPods must be <= shutdownGracePeriod");
        Duration longest = root.object("crashLoopBackOff").duration("maxContainerRestartPeriod", Duration.ofMinutes(5));
        require(
                longest.toMillis() >= 1000 && longest.toMillis() <= 300_000,
                "CrashLoopBackOff.MaxContainerRestartPeriod (got: " + longest.toSeconds()
                        + " seconds) must be set between 1s and 300s");
        require(
                root.duration("containerLogMonitorInterval", Duration.ofSeconds(10))
                                .toSeconds()
                        >= 3,
                "containerLogMonitorInterval must be a positive time duration greater than or equal to 3s");
    }

    private void choice(String field, String otherwise, List<String> offered) {
        String value = root.string(field, otherwise);
        require(
                offered.contains(value),
                "option \"" + value + "\" specified for " + field + ". Valid options are \""
                        + String.join("\", \"", offered) + "\"");
    }

    private void choices() {
        choice("cgroupDriver", "cgroupfs", List.of("cgroupfs", "systemd"));
        choice("hairpinMode", "none", List.of("none", "hairpin-veth", "promiscuous-bridge"));
        choice("topologyManagerScope", "container", List.of("container", "pod"));
        choice("memoryReservationPolicy", "None", List.of("None", "TieredReservation"));
        choice(
                "imagePullCredentialsVerificationPolicy",
                "NeverVerify",
                List.of("NeverVerify", "NeverVerifyPreloadedImages", "NeverVerifyAllowlistedImages", "AlwaysVerify"));
        choice("configMapAndSecretChangeDetectionStrategy", "Watch", List.of("Get", "Cache", "Watch"));
        choice("tlsMinVersion", "", List.of("", "VersionTLS10", "VersionTLS11", "VersionTLS12", "VersionTLS13"));
        String mode = root.object("authorization").string("mode", "Webhook");
        require(
                mode.equals("Webhook") || mode.equals("AlwaysAllow"),
                "unknown authorization mode " + mode + " in authorization.mode");
        String version = root.string("showHiddenMetricsForVersion", "");
        problems.require(
                version.isEmpty() || version.equals("1.35"),
                "invalid showHiddenMetricsForVersion: Invalid value: \"" + version
                        + "\": must be omitted or have the value '1.35'; only the previous minor version is allowed");
    }

    private void enforcement() {
        List<String> asked = root.strings("enforceNodeAllocatable").orElse(List.of());
        List<String> seen = new ArrayList<>();
        for (String each : asked) {
            String of = " in enforceNodeAllocatable (--enforce-node-allocatable)";
            require(!seen.contains(each), "duplicated enforcements \"" + each + "\"" + of);
            seen.add(each);
            require(
                    ENFORCEMENTS.contains(each),
                    "option \"" + each + "\" specified for enforceNodeAllocatable (--enforce-node-allocatable)");
            require(
                    !each.equals("none") || asked.size() == 1,
                    "enforceNodeAllocatable (--enforce-node-allocatable) may not contain additional enforcements when"
                            + " \"none\" is specified");
            require(
                    each.equals("none") || root.bool("cgroupsPerQOS", true),
                    "cgroupsPerQOS (--cgroups-per-qos) must be set to true when \"" + each + "\" contained" + of);
        }
    }

    private void taints() {
        for (ConfigObject taint : root.objects("registerWithTaints")) {
            String key = taint.string("key", "");
            String effect = taint.string("effect", "");
            taint.string("value");
            problems.require(
                    TAINT_KEY.matcher(key).matches()
                            && List.of("NoSchedule", "PreferNoSchedule", "NoExecute")
                                    .contains(effect),
                    "invalid taint: registerWithTaints: key \"" + key + "\", effect \"" + effect + "\"");
        }
    }

    private void texts() {
        require(
                !root.string("containerRuntimeEndpoint", "").isEmpty(),
                "the containerRuntimeEndpoint was not specified or empty");
        String logs = root.string("podLogsDir", "");
        require(logs.startsWith("/"), "pod logs path \"" + logs + "\" must be absolute path");
        require(
                java.nio.file.Path.of(logs).normalize().toString().equals(logs),
                "pod logs path \"" + logs + "\" must be normalized");
        require(
                root.string("systemCgroups", "").isEmpty()
                        || !root.string("cgroupRoot", "").isEmpty(),
                "systemCgroups (--system-cgroups) was specified and cgroupRoot (--cgroup-root) was not specified");
        require(!root.bool("runOnce", false), "runOnce (--runonce) has been deprecated and should not be set");
        require(
                !root.bool("enableSystemLogQuery", false) || root.bool("enableSystemLogHandler", true),
                "enableSystemLogHandler is required for enableSystemLogQuery");
    }
}
