package io.argosy.apiserver.admission.policy;

import dev.cel.common.types.CelType;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.admission.expression.AdmissionEnvironments;
import io.argosy.apiserver.admission.expression.AdmissionEnvironments.Names;
import io.argosy.apiserver.cel.Budget;
import io.argosy.apiserver.cel.Environment;
import io.argosy.apiserver.cel.Expression;
import io.argosy.apiserver.cel.NamedValues;
import io.argosy.apiserver.cel.Outcome;
import io.argosy.apiserver.cel.library.FunctionFailure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The variables of a policy: each is evaluated when it is first asked for, at most once, and may ask for those before it.
 */
public final class Composition {

    private final Names names;
    private final List<String> patches;
    private final Map<String, Expression> variables = new LinkedHashMap<>();

    private Composition(Names names, List<String> patches) {
        this.names = names;
        this.patches = patches;
    }

    /** @param spec of a ValidatingAdmissionPolicy */
    public static Composition ofValidating(ObjectValue spec) {
        return of(spec, List.of());
    }

    /** @param spec of a MutatingAdmissionPolicy: its expressions may make objects */
    public static Composition ofMutating(ObjectValue spec) {
        List<String> texts = new ArrayList<>();
        spec.array("variables").stream()
                .flatMap(ArrayValue::objects)
                .forEach(variable -> variable.string("expression").ifPresent(texts::add));
        spec.array("mutations").stream().flatMap(ArrayValue::objects).forEach(mutation -> {
            mutation.string("applyConfiguration", "expression").ifPresent(texts::add);
            mutation.string("jsonPatch", "expression").ifPresent(texts::add);
        });
        return of(spec, texts);
    }

    private static Composition of(ObjectValue spec, List<String> patches) {
        Names names = PolicyHead.names(spec);
        Composition composition = new Composition(names, patches);
        spec.array("variables").stream()
                .flatMap(ArrayValue::objects)
                .forEach(variable -> composition.variables.put(
                        variable.string("name").orElse(""),
                        composition
                                .environment(names)
                                .compile(variable.string("expression").orElse(""), List.of())));
        return composition;
    }

    /** By name, in their order. */
    public Map<String, Expression> variables() {
        return variables;
    }

    /** What expressions that follow the variables may name. */
    public Environment environment() {
        return environment(names);
    }

    /** The same without {@code authorizer}. */
    public Environment environmentWithoutAuthorizer() {
        return environment(new Names(names.params(), false));
    }

    private Environment environment(Names wanted) {
        if (variables.isEmpty() && patches.isEmpty()) {
            return AdmissionEnvironments.of(wanted);
        }
        Map<String, CelType> types = new HashMap<>();
        variables.forEach((name, expression) -> types.put(name, expression.resultType()));
        return AdmissionEnvironments.composed(wanted, types, patches);
    }

    /** The inputs with the variables among them. */
    Map<String, Object> compose(Map<String, Object> inputs, Budget budget) {
        Map<String, Object> all = new HashMap<>(inputs);
        if (!variables.isEmpty() || !patches.isEmpty()) {
            all.put("variables", new Lazy(all, budget));
        }
        return all;
    }

    /** Of one evaluation; what it keeps is as immutable as the object it is about. */
    @SuppressWarnings("Immutable")
    private final class Lazy extends NamedValues {
        private final Map<String, Object> inputs;
        private final Budget budget;
        private final Map<String, Object> known = new HashMap<>();

        Lazy(Map<String, Object> inputs, Budget budget) {
            this.inputs = inputs;
            this.budget = budget;
        }

        @Override
        public Set<String> names() {
            return variables.keySet();
        }

        @Override
        public @Nullable Object valueOf(String name) {
            Expression expression = variables.get(name);
            if (expression == null) {
                return null;
            }
            Object value = known.get(name);
            if (value == null) {
                value = evaluate(name, expression);
                known.put(name, value);
            }
            return value;
        }

        private Object evaluate(String name, Expression expression) {
            return switch (expression.evaluate(inputs, budget)) {
                case Outcome.Result(Object value) -> value;
                case Outcome.Failed(String _, String cause) ->
                    throw new FunctionFailure("composited variable \"" + name + "\" fails to evaluate: " + cause);
                case Outcome.OutOfBudget _ -> throw new FunctionFailure(Outcome.OutOfBudget.WORDS);
            };
        }
    }
}
