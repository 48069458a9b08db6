package io.argosy.apiserver.cel;

import dev.cel.common.values.CelByteString;
import io.argosy.apiserver.cel.library.NamedFormat;
import java.util.List;

/** What a call of a function costs, by the sizes of its arguments. Pure. */
final class CallCost {

    private static final double TRAVERSAL = 0.1;
    private static final double REGEX = 0.25;
    private static final long AUTHORIZATION = 350_000;

    private CallCost() {}

    static long actual(String function, String overload, List<Object> arguments, Object result) {
        long first = arguments.isEmpty() ? 0 : CostTracker.size(arguments.getFirst());
        long second = arguments.size() < 2 ? 0 : CostTracker.size(arguments.get(1));
        return switch (function) {
            case "_&&_", "_||_", "_?_:_", "@not_strictly_false" -> 0;
            case "check" -> AUTHORIZATION;
            case "fieldSelector", "labelSelector" -> 10 + traversal(second, 1) + second / 2 * 50;
            case "isSorted", "sum", "max", "min", "indexOf", "lastIndexOf" -> elements(arguments);
            case "url",
                    "lowerAscii",
                    "upperAscii",
                    "substring",
                    "trim",
                    "jsonpatch.escapeKey",
                    "cidr",
                    "isIP",
                    "isCIDR",
                    "quantity",
                    "isQuantity",
                    "semver",
                    "isSemver",
                    "startsWith",
                    "endsWith",
                    "strings.quote" -> traversal(first, 1);
            case "ip" -> overload.equals("cidr_ip") ? 1 : traversal(first, 1);
            case "replace", "split", "ip.isCanonical" -> traversal(first, 2);
            case "join" -> traversal(CostTracker.size(result), 2);
            case "find", "findAll", "matches" -> traversal(first + 1, 1) * (long) Math.ceil(second * REGEX);
            case "contains" -> traversal(first, 1) * traversal(second, 1);
            case "containsIP" -> 1 + traversal(second, 1);
            case "containsCIDR" -> 2 + traversal(second, 1);
            case "validate" ->
                arguments.getFirst() instanceof NamedFormat format
                        ? traversal(second + 1, 1) * (long) Math.ceil(format.regexSize() * REGEX)
                        : 1;
            case "@in", "in" -> arguments.size() == 2 && arguments.get(1) instanceof List<?> ? second : 1;
            case "_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_" -> compared(arguments);
            case "_+_" ->
                arguments.size() == 2 && isText(arguments.getFirst()) && isText(arguments.get(1))
                        ? traversal(first + second, 1)
                        : 1;
            default -> 1;
        };
    }

    private static long traversal(long size, int times) {
        return (long) Math.ceil(size * times * TRAVERSAL);
    }

    private static boolean isText(Object value) {
        return value instanceof String || value instanceof CelByteString;
    }

    private static long compared(List<Object> arguments) {
        if (arguments.size() != 2) {
            return 1;
        }
        long smaller = Math.min(CostTracker.size(arguments.getFirst()), CostTracker.size(arguments.get(1)));
        return traversal(smaller, 1);
    }

    private static long elements(List<Object> arguments) {
        if (arguments.isEmpty()) {
            return 0;
        }
        if (arguments.getFirst() instanceof List<?> list) {
            long cost = 0;
            for (Object item : list) {
                cost += isText(item) ? traversal(CostTracker.size(item), 1) : 1;
            }
            return cost;
        }
        return traversal(CostTracker.size(arguments.getFirst()), 1);
    }
}
