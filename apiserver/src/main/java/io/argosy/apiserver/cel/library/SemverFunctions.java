package io.argosy.apiserver.cel.library;

import static dev.cel.common.types.SimpleType.BOOL;
import static dev.cel.common.types.SimpleType.INT;
import static dev.cel.common.types.SimpleType.STRING;
import static io.argosy.apiserver.cel.library.KubernetesTypes.SEMVER;

import java.util.List;
import java.util.Optional;

/** {@code semver()} and what its values can tell. */
final class SemverFunctions {

    private SemverFunctions() {}

    static void addTo(Functions functions) {
        List<dev.cel.common.types.CelType> two = List.of(SEMVER, SEMVER);
        List<dev.cel.common.types.CelType> one = List.of(SEMVER);
        functions
                .global("semver", "string_to_semver", SEMVER, List.of(STRING), args -> need(args[0], false))
                .global(
                        "semver",
                        "string_bool_to_semver",
                        SEMVER,
                        List.of(STRING, BOOL),
                        args -> need(args[0], (Boolean) args[1]))
                .global(
                        "isSemver",
                        "is_semver_string",
                        BOOL,
                        List.of(STRING),
                        args -> parse(args[0], false).isPresent())
                .global(
                        "isSemver",
                        "is_semver_string_bool",
                        BOOL,
                        List.of(STRING, BOOL),
                        args -> parse(args[0], (Boolean) args[1]).isPresent())
                .member(
                        "isGreaterThan",
                        "semver_is_greater_than",
                        BOOL,
                        two,
                        args -> of(args[0]).compareTo(of(args[1])) > 0)
                .member(
                        "isLessThan",
                        "semver_is_less_than",
                        BOOL,
                        two,
                        args -> of(args[0]).compareTo(of(args[1])) < 0)
                .member("compareTo", "semver_compare_to", INT, two, args ->
                        (long) Integer.signum(of(args[0]).compareTo(of(args[1]))))
                .member(
                        "major",
                        "semver_major",
                        INT,
                        one,
                        args -> of(args[0]).major().longValue())
                .member(
                        "minor",
                        "semver_minor",
                        INT,
                        one,
                        args -> of(args[0]).minor().longValue())
                .member(
                        "patch",
                        "semver_patch",
                        INT,
                        one,
                        args -> of(args[0]).patch().longValue());
    }

    private static Semver of(Object value) {
        return (Semver) value;
    }

    private static Optional<Semver> parse(Object text, boolean tolerant) {
        return tolerant ? Semver.parseTolerant((String) text) : Semver.parse((String) text);
    }

    private static Semver need(Object text, boolean tolerant) {
        return parse(text, tolerant)
                .orElseThrow(() -> new FunctionFailure("invalid semantic version \"" + text + "\""));
    }
}
