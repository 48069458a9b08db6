package io.argosy.apiserver.crd.rules;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** How properties are named in expressions, where not every name can stand. */
final class PropertyNames {

    private static final Pattern ESCAPABLE = Pattern.compile("[a-zA-Z_.\\-/][a-zA-Z0-9_.\\-/]*");
    private static final Set<String> RESERVED = Set.of(
            "true",
            "false",
            "null",
            "in",
            "as",
            "break",
            "const",
            "continue",
            "else",
            "for",
            "function",
            "if",
            "import",
            "let",
            "loop",
            "package",
            "namespace",
            "return",
            "var",
            "void",
            "while");

    private PropertyNames() {}

    /** Empty for names that no expression can tell. */
    static Optional<String> escape(String name) {
        if (!ESCAPABLE.matcher(name).matches()) {
            return Optional.empty();
        }
        if (RESERVED.contains(name)) {
            return Optional.of("__" + name + "__");
        }
        return Optional.of(name.replace("__", "__underscores__")
                .replace(".", "__dot__")
                .replace("-", "__dash__")
                .replace("/", "__slash__"));
    }

    static String unescape(String escaped) {
        if (escaped.length() > 4 && escaped.startsWith("__") && escaped.endsWith("__")) {
            String inner = escaped.substring(2, escaped.length() - 2);
            if (RESERVED.contains(inner)) {
                return inner;
            }
        }
        return escaped.replace("__dot__", ".")
                .replace("__dash__", "-")
                .replace("__slash__", "/")
                .replace("__underscores__", "__");
    }
}
