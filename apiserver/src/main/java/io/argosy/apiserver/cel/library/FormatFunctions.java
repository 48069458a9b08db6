package io.argosy.apiserver.cel.library;

import static dev.cel.common.types.SimpleType.STRING;
import static io.argosy.apiserver.cel.library.KubernetesTypes.FORMAT;

import dev.cel.common.types.ListType;
import dev.cel.common.types.OptionalType;
import java.util.List;
import java.util.Optional;

/** {@code format.dns1123Label().validate(name)}. */
final class FormatFunctions {

    private FormatFunctions() {}

    static void addTo(Functions functions) {
        functions
                .member(
                        "validate",
                        "format-validate",
                        OptionalType.create(ListType.create(STRING)),
                        List.of(FORMAT, STRING),
                        args -> validate((NamedFormat) args[0], (String) args[1]))
                .global(
                        "format.named",
                        "format-named",
                        OptionalType.create(FORMAT),
                        List.of(STRING),
                        args -> Optional.ofNullable(NamedFormat.all().get((String) args[0])));
        NamedFormat.all()
                .forEach((name, format) ->
                        functions.global("format." + name, "format." + name, FORMAT, List.of(), _ -> format));
    }

    private static Optional<List<String>> validate(NamedFormat format, String text) {
        List<String> problems = format.problems().apply(text);
        return problems.isEmpty() ? Optional.empty() : Optional.of(problems);
    }
}
