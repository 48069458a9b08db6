package io.argosy.daemon.health;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answers of one of {@code /healthz}, {@code /livez}, {@code /readyz} and of the paths below it, with upstream's
 * texts: {@code ok}, or one line a check when one fails or {@code ?verbose} is asked. Safe for any thread.
 */
public final class HealthEndpoint {

    private static final Logger LOG = LoggerFactory.getLogger(HealthEndpoint.class);

    private final String name;
    private final List<HealthCheck> checks = new CopyOnWriteArrayList<>();

    /** @param name without the slash: {@code healthz}, {@code livez}, {@code readyz} */
    public HealthEndpoint(String name, HealthCheck... checks) {
        this.name = name;
        this.checks.add(HealthCheck.ping());
        this.checks.addAll(List.of(checks));
    }

    public String path() {
        return "/" + name;
    }

    public void add(HealthCheck check) {
        checks.add(check);
    }

    /** The answer for a request's path, if it is this endpoint's or that of one of its checks. */
    public Optional<HealthAnswer> answer(String path, Map<String, List<String>> query) {
        if (path.equals("/" + name) || path.equals("/" + name + "/")) {
            return Optional.of(all(query));
        }
        String prefix = "/" + name + "/";
        if (!path.startsWith(prefix)) {
            return Optional.empty();
        }
        String wanted = path.substring(prefix.length());
        return checks.stream()
                .filter(check -> check.name().equals(wanted))
                .findFirst()
                .map(this::one);
    }

    private HealthAnswer one(HealthCheck check) {
        try {
            check.check();
            return new HealthAnswer(200, "ok");
        } catch (Exception e) {
            return new HealthAnswer(500, "internal server error: " + e.getMessage() + "\n");
        }
    }

    private HealthAnswer all(Map<String, List<String>> query) {
        List<String> excluded = new ArrayList<>(query.getOrDefault("exclude", List.of()));
        StringBuilder lines = new StringBuilder();
        List<String> failed = new ArrayList<>();
        for (HealthCheck check : checks) {
            if (excluded.remove(check.name())) {
                lines.append("[+]").append(check.name()).append(" excluded: ok\n");
                continue;
            }
            try {
                check.check();
                lines.append("[+]").append(check.name()).append(" ok\n");
            } catch (Exception e) {
                // The reason is for the log: the port may be open to everyone.
                lines.append("[-]").append(check.name()).append(" failed: reason withheld\n");
                failed.add(check.name() + ": " + e.getMessage());
            }
        }
        if (!excluded.isEmpty()) {
            lines.append("warn: some health checks cannot be excluded: no matches for ")
                    .append(excluded.stream()
                            .map(e -> "\"" + e + "\"")
                            .toList()
                            .toString()
                            .replaceAll("[\\[\\]]", ""))
                    .append('\n');
        }
        if (!failed.isEmpty()) {
            LOG.info("{} check failed: {}", name, String.join(",", failed));
            return new HealthAnswer(500, lines + name + " check failed\n");
        }
        return new HealthAnswer(200, query.containsKey("verbose") ? lines + name + " check passed\n" : "ok");
    }
}
