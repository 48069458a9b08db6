package io.argosy.daemon.flags;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The flags of one executable, with the grammar that upstream's daemons have: {@code --name=value}, {@code --name
 * value}, booleans without a value, {@code -v4}, {@code -v=4}, {@code --} ends the flags. Declared once, on one
 * thread; then only read.
 */
public final class FlagSet {

    private final String command;
    private final String description;
    private final List<FlagSection> sections = new ArrayList<>();
    private final Map<String, Flag<?>> byName = new LinkedHashMap<>();
    private final Map<Character, Flag<?>> byLetter = new LinkedHashMap<>();

    /**
     * @param command the executable's name
     * @param description the first paragraph of the help text
     */
    public FlagSet(String command, String description) {
        this.command = command;
        this.description = description;
    }

    public String command() {
        return command;
    }

    /** A new heading; the help text shows headings in this order. */
    public FlagSection section(String title) {
        FlagSection section = new FlagSection(title, this);
        sections.add(section);
        return section;
    }

    void register(Flag<?> flag) {
        if (byName.putIfAbsent(flag.name(), flag) != null) {
            throw new IllegalStateException("flag declared twice: " + flag.name());
        }
        flag.shorthand().ifPresent(letter -> byLetter.put(letter, flag));
    }

    /** Reads a command line; the first fault ends it, with upstream's text. */
    public ParsedFlags parse(List<String> arguments) throws FlagException {
        Map<Flag<?>, Object> values = new LinkedHashMap<>();
        List<String> positional = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.equals("--")) {
                positional.addAll(arguments.subList(i + 1, arguments.size()));
                break;
            }
            if (argument.length() < 2 || argument.charAt(0) != '-') {
                positional.add(argument);
                continue;
            }
            @Nullable String next = i + 1 < arguments.size() ? arguments.get(i + 1) : null;
            boolean usedNext =
                    argument.startsWith("--") ? longFlag(argument, next, values) : shortFlag(argument, next, values);
            i += usedNext ? 1 : 0;
        }
        if (!positional.isEmpty()) {
            throw new FlagException(
                    "\"" + command + "\" does not take any arguments, got " + quoted(positional), false);
        }
        return new ParsedFlags(values);
    }

    private boolean longFlag(String argument, @Nullable String next, Map<Flag<?>, Object> values) throws FlagException {
        int equals = argument.indexOf('=');
        String given = argument.substring(2, equals < 0 ? argument.length() : equals);
        if (given.isEmpty() || given.startsWith("-")) {
            throw new FlagException("bad flag syntax: " + argument, true);
        }
        // Upstream takes underscores for dashes.
        String name = given.replace('_', '-');
        Flag<?> flag = byName.get(name);
        if (flag == null) {
            if (name.equals("help")) {
                throw FlagException.help();
            }
            throw new FlagException("unknown flag: --" + name, true);
        }
        if (equals >= 0) {
            set(flag, argument.substring(equals + 1), values);
            return false;
        }
        if (flag.type().optionalValue()) {
            set(flag, "true", values);
            return false;
        }
        if (next == null) {
            throw new FlagException("flag needs an argument: --" + name, true);
        }
        set(flag, next, values);
        return true;
    }

    private boolean shortFlag(String argument, @Nullable String next, Map<Flag<?>, Object> values)
            throws FlagException {
        char letter = argument.charAt(1);
        Flag<?> flag = byLetter.get(letter);
        if (flag == null) {
            if (letter == 'h') {
                throw FlagException.help();
            }
            throw new FlagException("unknown shorthand flag: '" + letter + "' in " + argument, true);
        }
        String rest = argument.substring(2);
        if (!rest.isEmpty()) {
            set(flag, rest.startsWith("=") ? rest.substring(1) : rest, values);
            return false;
        }
        if (next == null) {
            throw new FlagException("flag needs an argument: '" + letter + "' in " + argument, true);
        }
        set(flag, next, values);
        return true;
    }

    private static <T> void set(Flag<T> flag, String text, Map<Flag<?>, Object> values) throws FlagException {
        try {
            @SuppressWarnings("unchecked")
            Optional<T> earlier = Optional.ofNullable((T) values.get(flag));
            values.put(flag, flag.type().read(text, earlier));
        } catch (IllegalArgumentException e) {
            throw new FlagException(
                    "invalid argument \"" + text + "\" for \"" + flag.display() + "\" flag: " + e.getMessage(), true);
        }
    }

    /** Every flag's value by its name. */
    public Map<String, Object> values(ParsedFlags parsed) {
        Map<String, Object> values = new LinkedHashMap<>();
        byName.forEach((name, flag) -> values.put(name, parsed.get(flag)));
        return values;
    }

    /** The names of all flags. */
    public Set<String> names() {
        return Collections.unmodifiableSet(byName.keySet());
    }

    private static String quoted(List<String> words) {
        return words.stream()
                .map(word -> "\"" + word + "\"")
                .toList()
                .toString()
                .replace(", ", " ");
    }

    /** Description, usage line and every flag. */
    public String help() {
        return description + "\n\n" + usage();
    }

    /** The usage line and every flag. */
    public String usage() {
        StringBuilder out = new StringBuilder("Usage:\n  " + command + " [flags]\n");
        for (FlagSection section : sections) {
            out.append('\n').append(section.title()).append(":\n\n");
            int width = section.flags().stream()
                    .mapToInt(flag -> heading(flag).length())
                    .max()
                    .orElse(0);
            section.flags().stream()
                    .sorted((a, b) -> a.name().compareTo(b.name()))
                    .forEach(flag -> line(out, flag, width));
        }
        return out.toString();
    }

    private static <T> void line(StringBuilder out, Flag<T> flag, int width) {
        String heading = heading(flag);
        String shown = flag.type().show(flag.defaultValue());
        String indented = flag.usage().replace("\n", "\n" + " ".repeat(width + 3));
        out.append(heading)
                .append(" ".repeat(width - heading.length() + 3))
                .append(indented)
                .append(shown.isEmpty() ? "" : " (default " + shown + ")")
                .append('\n');
    }

    private static String heading(Flag<?> flag) {
        String letter = flag.shorthand().map(c -> "  -" + c + ", ").orElse("      ");
        String type = flag.type().name();
        return letter + "--" + flag.name() + (type.isEmpty() ? "" : " " + type);
    }
}
