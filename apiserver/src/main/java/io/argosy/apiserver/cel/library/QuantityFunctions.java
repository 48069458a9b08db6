package io.argosy.apiserver.cel.library;

import static dev.cel.common.types.SimpleType.BOOL;
import static dev.cel.common.types.SimpleType.DOUBLE;
import static dev.cel.common.types.SimpleType.INT;
import static dev.cel.common.types.SimpleType.STRING;
import static io.argosy.apiserver.cel.library.KubernetesTypes.QUANTITY;

import io.argosy.apimodel.quantity.Quantity;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;

/** {@code quantity()} and what its values can tell. */
final class QuantityFunctions {

    private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

    private QuantityFunctions() {}

    /** A quantity that is equal to others of its amount, however they are written. */
    record Amount(Quantity quantity) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Amount that && quantity.sameAmount(that.quantity);
        }

        @Override
        public int hashCode() {
            return quantity.amount().stripTrailingZeros().hashCode();
        }

        @Override
        public String toString() {
            return quantity.toString();
        }
    }

    static void addTo(Functions functions) {
        List<dev.cel.common.types.CelType> two = List.of(QUANTITY, QUANTITY);
        List<dev.cel.common.types.CelType> one = List.of(QUANTITY);
        functions
                .global("quantity", "string_to_quantity", QUANTITY, List.of(STRING), args -> parse(args[0]))
                .global(
                        "isQuantity",
                        "is_quantity_string",
                        BOOL,
                        List.of(STRING),
                        args -> Quantity.tryParse((String) args[0]).isPresent())
                .member("sign", "quantity_sign", INT, one, args ->
                        (long) of(args[0]).signum())
                .member(
                        "isGreaterThan",
                        "quantity_is_greater_than",
                        BOOL,
                        two,
                        args -> of(args[0]).compareTo(of(args[1])) > 0)
                .member(
                        "isLessThan",
                        "quantity_is_less_than",
                        BOOL,
                        two,
                        args -> of(args[0]).compareTo(of(args[1])) < 0)
                .member("compareTo", "quantity_compare_to", INT, two, args ->
                        (long) Integer.signum(of(args[0]).compareTo(of(args[1]))))
                .member(
                        "asApproximateFloat",
                        "quantity_get_float",
                        DOUBLE,
                        one,
                        args -> of(args[0]).asDouble())
                .member("asInteger", "quantity_get_int", INT, one, args -> whole(of(args[0])))
                .member("isInteger", "quantity_is_integer", BOOL, one, args -> isWhole(of(args[0])))
                .member(
                        "add",
                        "quantity_add",
                        QUANTITY,
                        two,
                        args -> new Amount(of(args[0]).plus(of(args[1]))))
                .member(
                        "add",
                        "quantity_add_int",
                        QUANTITY,
                        List.of(QUANTITY, INT),
                        args -> new Amount(of(args[0]).plus(Quantity.of((Long) args[1]))))
                .member(
                        "sub",
                        "quantity_sub",
                        QUANTITY,
                        two,
                        args -> new Amount(of(args[0]).minus(of(args[1]))))
                .member(
                        "sub",
                        "quantity_sub_int",
                        QUANTITY,
                        List.of(QUANTITY, INT),
                        args -> new Amount(of(args[0]).minus(Quantity.of((Long) args[1]))));
    }

    private static Quantity of(Object value) {
        return ((Amount) value).quantity();
    }

    private static Amount parse(Object text) {
        try {
            return new Amount(Quantity.parse((String) text));
        } catch (IllegalArgumentException e) {
            throw new FunctionFailure(String.valueOf(e.getMessage()));
        }
    }

    private static boolean isWhole(Quantity quantity) {
        BigDecimal amount = quantity.amount().stripTrailingZeros();
        return amount.scale() <= 0
                && amount.toBigInteger().compareTo(LEAST) >= 0
                && amount.toBigInteger().compareTo(MOST) <= 0;
    }

    private static long whole(Quantity quantity) {
        if (!isWhole(quantity)) {
            throw new FunctionFailure("cannot convert value to integer");
        }
        return quantity.amount().longValueExact();
    }
}
