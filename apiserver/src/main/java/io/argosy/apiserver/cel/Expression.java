package io.argosy.apiserver.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.Map;
import java.util.Optional;

/** An expression as it was compiled, or why it could not be. Immutable; evaluated by any thread. */
public final class Expression {

    private final String text;
    private final Optional<String> error;
    private final Optional<Compiled> compiled;

    private record Compiled(CelAbstractSyntaxTree tree, CelRuntime.Program program) {}

    private Expression(String text, Optional<String> error, Optional<Compiled> compiled) {
        this.text = text;
        this.error = error;
        this.compiled = compiled;
    }

    static Expression broken(String text, String error) {
        return new Expression(text, Optional.of(error), Optional.empty());
    }

    static Expression compiled(String text, CelAbstractSyntaxTree tree, CelRuntime.Program program) {
        return new Expression(text, Optional.empty(), Optional.of(new Compiled(tree, program)));
    }

    public String text() {
        return text;
    }

    /** Why it cannot be evaluated: {@code compilation failed: ERROR: ...}. */
    public Optional<String> error() {
        return error;
    }

    /** The type of its results; dyn when it cannot be evaluated. */
    public CelType resultType() {
        return compiled.map(known -> known.tree().getResultType()).orElse(SimpleType.DYN);
    }

    /** The checked form, of an expression without error. */
    public Optional<CelAbstractSyntaxTree> tree() {
        return compiled.map(Compiled::tree);
    }

    /** Evaluates with values for the variables; what it costs is taken from the budget. */
    public Outcome evaluate(Map<String, ?> variables, Budget budget) {
        if (compiled.isEmpty()) {
            return new Outcome.Failed("compilation error: " + error.orElse(""), error.orElse(""));
        }
        CostTracker cost = new CostTracker(compiled.get().tree(), budget.left());
        Outcome outcome = run(compiled.get(), variables, cost);
        return budget.spend(cost.total()) && !cost.beyondBudget() ? outcome : new Outcome.OutOfBudget();
    }

    private Outcome run(Compiled code, Map<String, ?> variables, CostTracker cost) {
        try {
            Object value = code.program().trace(variables, cost);
            return cost.beyondCall()
                    ? failed("operation cancelled: actual cost limit exceeded")
                    : new Outcome.Result(value);
        } catch (CelEvaluationException e) {
            return failed(cost.beyondCall() ? "operation cancelled: actual cost limit exceeded" : Problems.words(e));
        } catch (CostTracker.LimitReached _) {
            return failed("operation cancelled: actual cost limit exceeded");
        } catch (IllegalArgumentException | ArithmeticException | ClassCastException e) {
            return failed(String.valueOf(e.getMessage()));
        }
    }

    private Outcome.Failed failed(String why) {
        return new Outcome.Failed("expression '" + text + "' resulted in error: " + why, why);
    }
}
