package io.argosy.kubelet.config;

import io.argosy.daemon.config.Problems;
import io.argosy.daemon.flags.Flag;
import io.argosy.daemon.flags.FlagSection;
import io.argosy.daemon.flags.FlagSet;
import io.argosy.daemon.flags.GoDuration;
import io.argosy.daemon.flags.ParsedFlags;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The flags, declared by a table: name, type, default, and the configuration field that each one sets. */
public final class KubeletFlags {

    private static final String REFUSED = "!";

    private record Entry(Flag<?> flag, String field) {}

    private final Map<String, Entry> entries = new LinkedHashMap<>();

    public KubeletFlags(FlagSet flags) {
        FlagSection section = flags.section("Kubelet flags");
        for (String line : table().split("\n")) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] columns = line.split(";", 5);
                entries.put(columns[0], new Entry(declare(section, columns), columns[3]));
            }
        }
    }

    private static String table() {
        try (InputStream in = KubeletFlags.class.getResourceAsStream("flags.csv")) {
            if (in == null) {
                throw new IllegalStateException("flags.csv is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Flag<?> declare(FlagSection section, String[] columns) {
        String name = columns[0];
        String value = columns[2];
        String usage = columns[4];
        return switch (columns[1]) {
            case "bool" -> section.bool(name, value.equals("true"), usage);
            case "int32" -> section.int32(name, value.isEmpty() ? 0 : Integer.parseInt(value), usage);
            case "int" -> section.int64(name, value.isEmpty() ? 0 : Long.parseLong(value), usage);
            case "duration" -> section.duration(name, value.isEmpty() ? Duration.ZERO : GoDuration.parse(value), usage);
            case "ip" -> section.ip(name, value, usage);
            case "strings" -> section.strings(name, value.isEmpty() ? List.of() : List.of(value.split(",")), usage);
            case "mapStringString" -> section.map(name, usage);
            case "thresholds" -> section.thresholds(name, usage);
            case "seccomp" -> section.of("RuntimeDefault", name, false, KubeletFlags::truth, v -> "", usage);
            case "multimap" -> section.repeated("colonSeparatedMultimapStringString", name, "", usage);
            case "reserved-memory" -> section.repeated("reserved-memory", name, "", usage);
            case "taints" ->
                section.of("[]v1.Taint", name, List.of(), text -> List.of(text.split(",")), v -> "", usage);
            case "mapStringBool" -> section.booleanMap(name, usage);
            default -> section.string(name, value, usage);
        };
    }

    private static boolean truth(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException("strconv.ParseBool: parsing \"" + text + "\": invalid syntax");
        }
        return text.equals("true");
    }

    /** Tells the flags that were given and ask for what is not done here: in the table their field is {@code !}. */
    void refuse(ParsedFlags parsed, Problems problems) {
        entries.forEach((name, entry) -> problems.require(
                !entry.field().equals(REFUSED)
                        || parsed.get(entry.flag()).equals(entry.flag().defaultValue()),
                "--" + name + " is not supported"));
    }

    /** The configuration fields that the command line sets, by dotted path. */
    Map<String, Object> fields(ParsedFlags parsed) {
        Map<String, Object> out = new LinkedHashMap<>();
        entries.forEach((name, entry) -> {
            if (!entry.field().isEmpty() && !entry.field().equals(REFUSED) && parsed.isSet(entry.flag())) {
                Object value = parsed.get(entry.flag());
                out.put(entry.field(), value instanceof Duration d ? GoDuration.format(d) : value);
            }
        });
        return out;
    }

    /** The text of a flag that is no configuration field. */
    String text(ParsedFlags parsed, String name) {
        return String.valueOf(value(parsed, name));
    }

    /** The list of a flag that is no configuration field. */
    List<String> list(ParsedFlags parsed, String name) {
        return value(parsed, name) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    /** The pairs of a flag that is no configuration field. */
    Map<String, String> pairs(ParsedFlags parsed, String name) {
        Map<String, String> out = new LinkedHashMap<>();
        if (value(parsed, name) instanceof Map<?, ?> map) {
            map.forEach((k, v) -> out.put(String.valueOf(k), String.valueOf(v)));
        }
        return out;
    }

    private Object value(ParsedFlags parsed, String name) {
        return parsed.get(Optional.ofNullable(entries.get(name)).orElseThrow().flag());
    }
}
