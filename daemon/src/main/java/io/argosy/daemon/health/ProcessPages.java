package io.argosy.daemon.health;

import io.argosy.daemon.flags.FlagSet;
import io.argosy.daemon.flags.GoDuration;
import io.argosy.daemon.flags.ParsedFlags;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a process tells of itself: {@code /version} as JSON, {@code /flagz} and {@code /statusz} as text for people
 * (KEP-4828, KEP-4827). Told once by {@link #describe}, before requests come; safe for any thread afterwards.
 */
public final class ProcessPages {

    /** What {@code --version} prints and the API reports. */
    public static final String VERSION = "v1.36.2";

    private static final String WARNING = "Warning: This endpoint is not meant to be machine parseable, has no"
            + " formatting compatibility guarantees and is for debugging purposes only.\n";

    private final InstantSource clock;
    private final Instant started;
    private final JsonMapper mapper = JsonMapper.builder().build();
    private volatile String component = "";
    private volatile Map<String, Object> flags = Map.of();

    public ProcessPages(InstantSource clock) {
        this.clock = clock;
        this.started = clock.instant();
    }

    /** The name of the executable, and the values that its flags have. */
    public void describe(FlagSet declared, ParsedFlags parsed) {
        component = declared.command();
        flags = new TreeMap<>(declared.values(parsed));
    }

    byte[] version() {
        String[] numbers = VERSION.substring(1).split("\\.");
        Map<String, String> view = new LinkedHashMap<>();
        view.put("major", numbers[0]);
        view.put("minor", numbers[1]);
        view.put("gitVersion", VERSION);
        view.put("gitCommit", "");
        view.put("gitTreeState", "");
        view.put("buildDate", "2026-01-01T00:00:00Z");
        view.put("goVersion", platform());
        view.put("compiler", "javac");
        view.put("platform", "linux/amd64");
        return mapper.writeValueAsString(view).getBytes(StandardCharsets.UTF_8);
    }

    private static String platform() {
        return "java" + Runtime.version().feature();
    }

    String flagz() {
        StringBuilder page = new StringBuilder(heading("flagz"));
        flags.forEach((name, value) ->
                page.append(name).append('=').append(text(value)).append('\n'));
        return page.toString();
    }

    private static Object text(Object value) {
        return value instanceof Duration duration ? GoDuration.format(duration) : value;
    }

    String statusz(String paths) {
        Duration up = Duration.between(started, clock.instant());
        String since = DateTimeFormatter.ofPattern("EEE MMM d HH:mm:ss 'UTC' yyyy", Locale.ROOT)
                .withZone(ZoneOffset.UTC)
                .format(started);
        return heading("statusz")
                + "\nStarted: " + since
                + "\nUp: "
                + String.format(
                        Locale.ROOT, "%d hr %02d min %02d sec", up.toHours(), up.toMinutesPart(), up.toSecondsPart())
                + "\nGo version: " + platform()
                + "\nBinary version: " + VERSION.substring(1)
                + "\nPaths: " + paths
                + "\n";
    }

    private String heading(String page) {
        return "\n" + component + " " + page + "\n" + WARNING + "\n";
    }
}
