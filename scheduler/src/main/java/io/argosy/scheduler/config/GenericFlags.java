package io.argosy.scheduler.config;

import io.argosy.daemon.config.Problems;
import io.argosy.daemon.flags.Flag;
import io.argosy.daemon.flags.FlagSection;
import io.argosy.daemon.flags.FlagSet;
import io.argosy.daemon.flags.ParsedFlags;
import java.util.List;
import java.util.Map;

/** Flags that every component of a control plane has; what they would change and this scheduler does not is refused. */
final class GenericFlags {

    private final Flag<List<String>> emulated;
    private final Flag<List<String>> oldest;
    private final Flag<Map<String, String>> labels;
    private final Flag<String> labelsFile;
    private final Flag<List<String>> disabled;

    GenericFlags(FlagSet flags) {
        FlagSection section = flags.section("Feature gate");
        section.map(
                "feature-gates", "Pairs of key=true|false; accepted for compatibility, features are as by default.");
        emulated = section.strings("emulated-version", List.of(), "The versions that components emulate: 1.36.");
        oldest = section.strings(
                "min-compatibility-version", List.of(), "The oldest versions to be compatible with: 1.35 or 1.36.");
        FlagSection metrics = flags.section("Metrics");
        labels = metrics.map("allow-metric-labels", "The map from metric label to the list of its allowed values.");
        labelsFile = metrics.string("allow-metric-labels-manifest", "", "The file with the map of allowed values.");
        disabled = metrics.strings("disabled-metrics", List.of(), "Names of metrics to leave out.");
        metrics.string(
                "show-hidden-metrics-for-version",
                "",
                "The version whose hidden metrics are shown; accepted for compatibility, none are hidden.");
    }

    void check(ParsedFlags parsed, Problems problems) {
        problems.require(
                parsed.get(emulated).stream().allMatch(version -> version.matches("(kube=)?v?1\\.36")),
                "--emulated-version: only 1.36 is supported");
        problems.require(
                parsed.get(oldest).stream().allMatch(version -> version.matches("(kube=)?v?1\\.3[56]")),
                "--min-compatibility-version: only 1.35 and 1.36 are supported");
        problems.require(
                parsed.get(labels).isEmpty() && parsed.get(labelsFile).isEmpty(),
                "--allow-metric-labels: allow-lists of metric labels are not supported");
        problems.require(parsed.get(disabled).isEmpty(), "--disabled-metrics: metrics cannot be disabled");
    }
}
