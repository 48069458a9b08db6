package io.argosy.apiserver.server;

import io.argosy.apimodel.meta.GroupVersion;
import java.util.Map;

/** {@code --runtime-config}: which versions beside the default ones are served. */
record RuntimeConfig(Map<String, String> entries) {

    RuntimeConfig {
        entries = Map.copyOf(entries);
    }

    /** The most exact entry decides: the version itself, then alpha and beta, then all. */
    boolean alsoServed(GroupVersion version) {
        String exact = entries.get(version.toString());
        if (exact != null) {
            return isOn(exact);
        }
        String maturity = version.version().contains("alpha")
                ? "api/alpha"
                : version.version().contains("beta") ? "api/beta" : "api/ga";
        String byMaturity = entries.get(maturity);
        if (byMaturity != null) {
            return isOn(byMaturity);
        }
        return isOn(entries.getOrDefault("api/all", "false"));
    }

    private static boolean isOn(String value) {
        return value.isEmpty() || value.equals("true") || value.equals("1");
    }
}
