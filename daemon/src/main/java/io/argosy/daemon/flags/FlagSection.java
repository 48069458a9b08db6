package io.argosy.daemon.flags;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Flags that the help text shows under one heading. Each method declares one flag and returns its handle. */
public final class FlagSection {

    private final String title;
    private final FlagSet owner;
    private final List<Flag<?>> flags = new ArrayList<>();

    FlagSection(String title, FlagSet owner) {
        this.title = title;
        this.owner = owner;
    }

    String title() {
        return title;
    }

    List<Flag<?>> flags() {
        return flags;
    }

    public Flag<String> string(String name, String defaultValue, String usage) {
        return declare(name, FlagTypes.STRING, defaultValue, usage);
    }

    /** An IP address, as text; may be empty. */
    public Flag<String> ip(String name, String defaultValue, String usage) {
        return declare(name, FlagTypes.IP, defaultValue, usage);
    }

    public Flag<Boolean> bool(String name, boolean defaultValue, String usage) {
        return declare(name, FlagTypes.BOOL, defaultValue, usage);
    }

    public Flag<Integer> integer(String name, int defaultValue, String usage) {
        return declare(name, FlagTypes.INT, defaultValue, usage);
    }

    public Flag<Integer> int32(String name, int defaultValue, String usage) {
        return declare(name, FlagTypes.INT32, defaultValue, usage);
    }

    public Flag<Long> int64(String name, long defaultValue, String usage) {
        return declare(name, FlagTypes.INT64, defaultValue, usage);
    }

    public Flag<Double> decimal(String name, double defaultValue, String usage) {
        return declare(name, FlagTypes.FLOAT, defaultValue, usage);
    }

    public Flag<Duration> duration(String name, Duration defaultValue, String usage) {
        return declare(name, FlagTypes.DURATION, defaultValue, usage);
    }

    /** Values separated by commas; the flag may be repeated. */
    public Flag<List<String>> strings(String name, List<String> defaultValue, String usage) {
        return declare(name, FlagTypes.STRINGS, List.copyOf(defaultValue), usage);
    }

    /**
     * A flag that may be repeated, each time with one value, commas and all.
     *
     * @param typeName {@code stringArray}, or the name of a type whose values have commas
     * @param shownDefault how the help text shows that there is none
     */
    public Flag<List<String>> repeated(String typeName, String name, String shownDefault, String usage) {
        return declare(name, new FlagTypes.RepeatedType(typeName, shownDefault), List.of(), usage);
    }

    /** {@code key=value} pairs separated by commas; the flag may be repeated. */
    public Flag<Map<String, String>> map(String name, String usage) {
        return declare(name, FlagTypes.MAP, Map.of(), usage);
    }

    /** {@code signal<quantity} pairs separated by commas; the flag may be repeated. */
    public Flag<Map<String, String>> thresholds(String name, String usage) {
        return declare(name, FlagTypes.THRESHOLDS, Map.of(), usage);
    }

    /** {@code key=true|false} pairs separated by commas; the flag may be repeated. */
    public Flag<Map<String, Boolean>> booleanMap(String name, String usage) {
        return declare(name, FlagTypes.BOOLEAN_MAP, Map.of(), usage);
    }

    /**
     * A flag of a type of its own.
     *
     * @param read throws {@link IllegalArgumentException} with the reason
     * @param show the default as the help text shows it, or empty
     */
    public <T> Flag<T> of(
            String typeName,
            String name,
            T defaultValue,
            Function<String, T> read,
            Function<T, String> show,
            String usage) {
        return declare(name, FlagTypes.scalar(typeName, read, show), defaultValue, usage);
    }

    /** The log verbosity, the only flag with a shorthand besides {@code --help}. */
    public Flag<Integer> verbosity(String usage) {
        return add(new Flag<>(
                "v",
                Optional.of('v'),
                FlagTypes.scalar("Level", text -> FlagTypes.INT.read(text, Optional.empty()), FlagTypes.INT::show),
                0,
                usage));
    }

    private <T> Flag<T> declare(String name, FlagType<T> type, T defaultValue, String usage) {
        return add(new Flag<>(name, Optional.empty(), type, defaultValue, usage));
    }

    private <T> Flag<T> add(Flag<T> flag) {
        owner.register(flag);
        flags.add(flag);
        return flag;
    }
}
