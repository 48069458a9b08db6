package io.argosy.apiserver.cel.library;

import static dev.cel.common.types.SimpleType.BOOL;
import static dev.cel.common.types.SimpleType.INT;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.TypeParamType;
import dev.cel.common.values.CelByteString;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Functions on lists: {@code isSorted}, {@code sum}, {@code min}, {@code max}, {@code indexOf}, {@code lastIndexOf}. */
final class ListFunctions {

    private static final CelType ITEM = TypeParamType.create("A");
    private static final CelType LIST = ListType.create(ITEM);

    private ListFunctions() {}

    static void addTo(Functions functions) {
        functions
                .member("isSorted", "list_is_sorted_bool", BOOL, List.of(LIST), args -> isSorted((List<?>) args[0]))
                .member("sum", "list_sum", ITEM, List.of(LIST), args -> sum((List<?>) args[0]))
                .member("max", "list_max", ITEM, List.of(LIST), args -> best((List<?>) args[0], 1, "max"))
                .member("min", "list_min", ITEM, List.of(LIST), args -> best((List<?>) args[0], -1, "min"))
                .member("indexOf", "list_a_index_of_int", INT, List.of(LIST, ITEM), args ->
                        (long) ((List<?>) args[0]).indexOf(args[1]))
                .member("lastIndexOf", "list_a_last_index_of_int", INT, List.of(LIST, ITEM), args ->
                        (long) ((List<?>) args[0]).lastIndexOf(args[1]));
    }

    private static boolean isSorted(List<?> list) {
        for (int i = 1; i < list.size(); i++) {
            if (compare(list.get(i - 1), list.get(i)) > 0) {
                return false;
            }
        }
        return true;
    }

    private static Object best(List<?> list, int sign, String name) {
        if (list.isEmpty()) {
            throw new FunctionFailure(name + " called on empty list");
        }
        Object best = list.getFirst();
        for (Object item : list) {
            best = compare(item, best) * sign > 0 ? item : best;
        }
        return best;
    }

    private static Object sum(List<?> list) {
        Object sum = list.isEmpty() ? 0L : zero(list.getFirst());
        for (Object item : list) {
            sum = add(sum, item);
        }
        return sum;
    }

    private static Object zero(Object first) {
        return switch (first) {
            case Long _ -> 0L;
            case Double _ -> 0.0;
            case Duration _ -> Duration.ZERO;
            default -> throw noOverload();
        };
    }

    private static Object add(Object left, Object right) {
        try {
            return switch (left) {
                case Long a when right instanceof Long b -> Math.addExact(a, b);
                case Double a when right instanceof Double b -> a + b;
                case Duration a when right instanceof Duration b -> a.plus(b);
                default -> throw noOverload();
            };
        } catch (ArithmeticException _) {
            throw new FunctionFailure("integer overflow");
        }
    }

    private static int compare(Object left, Object right) {
        return switch (left) {
            case Long a when right instanceof Long b -> a.compareTo(b);
            case Double a when right instanceof Double b -> a.compareTo(b);
            case Boolean a when right instanceof Boolean b -> a.compareTo(b);
            case String a when right instanceof String b -> a.compareTo(b);
            case Duration a when right instanceof Duration b -> a.compareTo(b);
            case Instant a when right instanceof Instant b -> a.compareTo(b);
            case CelByteString a
            when right instanceof CelByteString b -> java.util.Arrays.compareUnsigned(a.toByteArray(), b.toByteArray());
            default -> throw noOverload();
        };
    }

    private static FunctionFailure noOverload() {
        return new FunctionFailure("no such overload");
    }
}
