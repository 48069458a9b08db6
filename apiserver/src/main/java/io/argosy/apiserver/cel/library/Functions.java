package io.argosy.apiserver.cel.library;

import com.google.common.collect.ImmutableList;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.runtime.CelFunctionBinding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects functions: what the compiler knows of them, and what is done when they are called. */
public final class Functions {

    private final Map<String, List<CelOverloadDecl>> declared = new LinkedHashMap<>();
    private final Map<String, List<CelFunctionBinding>> bound = new LinkedHashMap<>();

    /** What a function does; throws {@link FunctionFailure} when it has no value. */
    interface Body {
        Object apply(Object[] arguments);
    }

    /** All functions of this package. */
    public static Functions all() {
        Functions functions = new Functions();
        AddressFunctions.addTo(functions);
        QuantityFunctions.addTo(functions);
        SemverFunctions.addTo(functions);
        UrlFunctions.addTo(functions);
        TextFunctions.addTo(functions);
        TextFunctions.addPlaces(functions);
        ListFunctions.addTo(functions);
        FormatFunctions.addTo(functions);
        AccessFunctions.addTo(functions);
        return functions;
    }

    /** A function that is called on its first argument. */
    Functions member(String name, String id, CelType result, List<CelType> parameters, Body body) {
        return add(name, CelOverloadDecl.newMemberOverload(id, result, parameters), body);
    }

    Functions global(String name, String id, CelType result, List<CelType> parameters, Body body) {
        return add(name, CelOverloadDecl.newGlobalOverload(id, result, parameters), body);
    }

    private Functions add(String name, CelOverloadDecl overload, Body body) {
        declared.computeIfAbsent(name, _ -> new ArrayList<>()).add(overload);
        List<Class<?>> classes = new ArrayList<>();
        overload.parameterTypes().forEach(type -> classes.add(classOf(type)));
        bound.computeIfAbsent(name, _ -> new ArrayList<>()).add(binding(overload.overloadId(), classes, body));
        return this;
    }

    /** Bodies have no state. Calls of one and two arguments have a way of their own. */
    @SuppressWarnings("Immutable")
    private static CelFunctionBinding binding(String id, List<Class<?>> classes, Body body) {
        return switch (classes.size()) {
            case 1 -> CelFunctionBinding.from(id, classes.getFirst(), one -> body.apply(new Object[] {one}));
            case 2 ->
                CelFunctionBinding.from(
                        id, classes.getFirst(), classes.get(1), (one, two) -> body.apply(new Object[] {one, two}));
            default -> CelFunctionBinding.from(id, classes, body::apply);
        };
    }

    private static Class<?> classOf(CelType type) {
        return switch (type.kind()) {
            case STRING -> String.class;
            case INT -> Long.class;
            case DOUBLE -> Double.class;
            case BOOL -> Boolean.class;
            case LIST -> List.class;
            case DURATION -> Duration.class;
            case TIMESTAMP -> Instant.class;
            default -> KubernetesTypes.javaClass(type);
        };
    }

    public List<CelFunctionDecl> declarations() {
        List<CelFunctionDecl> all = new ArrayList<>();
        declared.forEach((name, overloads) -> all.add(CelFunctionDecl.newFunctionDeclaration(name, overloads)));
        return all;
    }

    public List<CelFunctionBinding> bindings() {
        ImmutableList.Builder<CelFunctionBinding> all = ImmutableList.builder();
        bound.forEach((name, bindings) -> {
            all.addAll(CelFunctionBinding.fromOverloads(name, bindings));
        });
        return all.build();
    }
}
