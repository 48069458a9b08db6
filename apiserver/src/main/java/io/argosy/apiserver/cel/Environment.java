package io.argosy.apiserver.cel;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.CelTypes;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.extensions.CelStringExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.argosy.apiserver.cel.library.Functions;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What expressions may name: Kubernetes' functions, and the variables and types of one place where expressions stand.
 * Immutable; to make one takes a while, so they are kept.
 */
public final class Environment {

    private static final CelOptions OPTIONS = options();

    /** All but those that are there for lists too. */
    private static final Set<CelStringExtensions.Function> STRING_FUNCTIONS = EnumSet.complementOf(
            EnumSet.of(CelStringExtensions.Function.INDEX_OF, CelStringExtensions.Function.LAST_INDEX_OF));

    private final CelCompiler compiler;
    private final CelRuntime runtime;

    private Environment(Map<String, CelType> variables, Map<String, StructType> types, Optional<CelRuntime> runtime) {
        TypesByName provider = new TypesByName(ImmutableMap.copyOf(types));
        CelCompilerBuilder compiling = Base.COMPILER.toCompilerBuilder().setTypeProvider(provider);
        variables.forEach(compiling::addVar);
        this.compiler = compiling.build();
        this.runtime = runtime.orElseGet(() -> runtime(provider));
    }

    private static CelRuntime runtime(CelTypeProvider provider) {
        return CelRuntimeFactory.plannerRuntimeBuilder()
                .setOptions(OPTIONS)
                .setTypeProvider(provider)
                .setValueProvider(PatchTypes.provider())
                .addLibraries(
                        CelExtensions.optional(),
                        Base.STRINGS,
                        CelExtensions.sets(OPTIONS),
                        CelExtensions.lists(),
                        CelExtensions.comprehensions())
                .addFunctionBindings(Base.FUNCTIONS.bindings())
                .build();
    }

    /** What all environments share. */
    private static final class Base {
        static final Functions FUNCTIONS = Functions.all();
        static final CelStringExtensions STRINGS = CelExtensions.strings(STRING_FUNCTIONS);
        static final CelCompiler COMPILER = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addLibraries(
                        CelExtensions.optional(),
                        STRINGS,
                        CelExtensions.sets(OPTIONS),
                        CelExtensions.lists(),
                        CelExtensions.comprehensions())
                .addFunctionDeclarations(FUNCTIONS.declarations())
                .build();
        static final CelRuntime RUNTIME = runtime(new TypesByName(ImmutableMap.of()));

        private Base() {}
    }

    /** @param types the object types among the variables' types, by name */
    public static Environment of(Map<String, CelType> variables, Map<String, StructType> types) {
        return new Environment(Map.copyOf(variables), Map.copyOf(types), Optional.of(Base.RUNTIME));
    }

    /** With the types that mutations make, as the expressions name them. */
    public static Environment forPatches(
            Map<String, CelType> variables, Map<String, StructType> types, Collection<String> expressions) {
        Map<String, StructType> all = new HashMap<>(types);
        all.putAll(PatchTypes.namedIn(expressions));
        return new Environment(Map.copyOf(variables), Map.copyOf(all), Optional.empty());
    }

    /** What stands deprecated here is what other implementations of CEL do. */
    @SuppressWarnings("deprecation")
    private static CelOptions options() {
        return CelOptions.current()
                .enableTimestampEpoch(true)
                .enableHomogeneousLiterals(true)
                .enableHeterogeneousNumericComparisons(true)
                .evaluateCanonicalTypesToNativeValues(true)
                .enableUnsignedLongs(true)
                .enableQuotedIdentifierSyntax(true)
                .maxExpressionCodePointSize(100_000)
                .build();
    }

    private record TypesByName(ImmutableMap<String, StructType> all) implements CelTypeProvider {
        @Override
        public ImmutableCollection<CelType> types() {
            return ImmutableList.copyOf(all.values());
        }

        @Override
        public Optional<CelType> findType(String name) {
            return Optional.ofNullable(all.get(name));
        }
    }

    /** Compiles; the result must be of one of the types, or of any when there are none. */
    public Expression compile(String text, List<CelType> results) {
        CelValidationResult checked = compiler.compile(text);
        if (checked.hasError()) {
            return Expression.broken(text, "compilation failed: " + issues(checked, text));
        }
        try {
            CelAbstractSyntaxTree tree = checked.getAst();
            CelType result = tree.getResultType();
            if (!results.isEmpty()
                    && results.stream().noneMatch(type -> CelTypes.format(type).equals(CelTypes.format(result)))) {
                return Expression.broken(text, mismatch(results, result));
            }
            return Expression.compiled(text, tree, runtime.createProgram(tree));
        } catch (CelValidationException | CelEvaluationException e) {
            return Expression.broken(text, "program instantiation failed: " + e.getMessage());
        }
    }

    private static String issues(CelValidationResult checked, String text) {
        return checked.getErrors().stream()
                .map(issue -> Snippet.of(
                        issue.getMessage(),
                        issue.getSourceLocation().getLine(),
                        issue.getSourceLocation().getColumn(),
                        text))
                .collect(Collectors.joining("\n"));
    }

    /** As other implementations of CEL name a type. */
    private static String named(CelType type) {
        return type.equals(SimpleType.NULL_TYPE) ? "null_type" : CelTypes.format(type);
    }

    private static String mismatch(List<CelType> results, CelType result) {
        String wanted = results.stream().map(Environment::named).collect(Collectors.joining(" "));
        String got = named(result);
        return results.size() == 1
                ? "must evaluate to " + wanted + " but got " + got
                : "must evaluate to one of [" + wanted + "] but got " + got;
    }

    /** An error with the place in the text that it is about. */
    private static final class Snippet {

        private Snippet() {}

        static String of(String told, int line, int column, String text) {
            String message = told;
            List<String> lines = text.lines().toList();
            String shown = line >= 1 && line <= lines.size() ? lines.get(line - 1) : "";
            int candidates = message.indexOf(" (candidates: ");
            if (candidates >= 0) {
                message = message.substring(0, candidates);
            }
            String words = message.startsWith("no viable alternative")
                            || message.startsWith("mismatched input")
                            || message.startsWith("extraneous input")
                            || message.startsWith("token recognition")
                    ? "Syntax error: " + message
                    : message;
            return "ERROR: <input>:" + line + ":" + (column + 1) + ": " + words + "\n | " + shown + "\n | "
                    + ".".repeat(Math.max(0, column)) + "^";
        }
    }
}
