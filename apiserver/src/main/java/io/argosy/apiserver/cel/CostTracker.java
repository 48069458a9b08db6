package io.argosy.apiserver.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelReference;
import dev.cel.common.values.CelByteString;
import dev.cel.runtime.CelEvaluationListener;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Counts what an evaluation costs, in the units of CEL's reference implementation, and ends it when it costs too much. */
final class CostTracker implements CelEvaluationListener {

    private final CelAbstractSyntaxTree tree;
    private final long budget;
    private final Map<Long, Object> values = new HashMap<>();
    private long total;

    /** Ends an evaluation; no exception, as operators like {@code &&} go on after those. */
    static final class LimitReached extends Error {
        private static final long serialVersionUID = 1;

        LimitReached() {
            super("actual cost limit exceeded", null, false, false);
        }
    }

    CostTracker(CelAbstractSyntaxTree tree, long budget) {
        this.tree = tree;
        this.budget = budget;
    }

    long total() {
        return total;
    }

    boolean beyondCall() {
        return total > Budget.PER_CALL;
    }

    boolean beyondBudget() {
        return total > budget;
    }

    @Override
    public void callback(CelExpr expr, @Nullable Object value) {
        total += cost(expr, value);
        if (value != null) {
            values.put(expr.id(), value);
        }
        if (total > Math.min(budget, Budget.PER_CALL)) {
            throw new LimitReached();
        }
    }

    private long cost(CelExpr expr, @Nullable Object value) {
        return switch (expr.exprKind().getKind()) {
            case IDENT -> 1;
            case SELECT -> expr.select().testOnly() ? 0 : chain(expr);
            case LIST -> 10;
            case MAP -> 30;
            case STRUCT -> 40;
            case CALL -> call(expr, value);
            default -> 0;
        };
    }

    /** A chain of selections is told once, at its end. */
    private static long chain(CelExpr expr) {
        long length = 0;
        CelExpr at = expr;
        while (at.exprKind().getKind() == CelExpr.ExprKind.Kind.SELECT) {
            length++;
            at = at.select().operand();
        }
        return at.exprKind().getKind() == CelExpr.ExprKind.Kind.IDENT ? length + 1 : length;
    }

    private long call(CelExpr expr, @Nullable Object value) {
        String function = expr.call().function();
        List<Object> arguments = new ArrayList<>();
        expr.call().target().ifPresent(target -> arguments.add(valueOf(target)));
        expr.call().args().forEach(argument -> arguments.add(valueOf(argument)));
        String overload = Optional.ofNullable(tree.getReferenceMap().get(expr.id()))
                .map(CelReference::overloadIds)
                .filter(ids -> ids.size() == 1)
                .map(List::getFirst)
                .orElse("");
        return CallCost.actual(function, overload, arguments, value == null ? "" : value);
    }

    private Object valueOf(CelExpr expr) {
        if (expr.exprKind().getKind() == CelExpr.ExprKind.Kind.CONSTANT) {
            return switch (expr.constant().getKind()) {
                case STRING_VALUE -> expr.constant().stringValue();
                case BYTES_VALUE -> expr.constant().bytesValue();
                default -> 0L;
            };
        }
        return values.getOrDefault(expr.id(), 0L);
    }

    /** The size of a value as costs count it. */
    static long size(Object value) {
        return switch (value) {
            case String text -> text.codePointCount(0, text.length());
            case CelByteString bytes -> bytes.size();
            case Collection<?> collection -> collection.size();
            case Map<?, ?> map -> map.size();
            default -> 1;
        };
    }
}
