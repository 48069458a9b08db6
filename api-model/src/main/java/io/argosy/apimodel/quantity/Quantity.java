package io.argosy.apimodel.quantity;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount of a resource: a decimal number of at most nine places, and the way it is written. Equality looks at both;
 * {@link #compareTo} only at the amount. See the Kubernetes page "Quantity".
 *
 * @param amount never of more than nine places, at most 2^63-1 in size
 * @param format which suffixes it is written with
 */
public record Quantity(BigDecimal amount, Format format) implements Comparable<Quantity> {

    public static final Quantity ZERO = new Quantity(BigDecimal.ZERO, Format.DECIMAL_SI);

    /** The longest text that is read: longer ones cannot be canonical, and cost time. */
    private static final int LONGEST = 4096;

    private static final BigDecimal LARGEST =
            new BigDecimal(BigInteger.ONE.shiftLeft(63).subtract(BigInteger.ONE));
    private static final BigInteger KIBI = BigInteger.valueOf(1024);
    private static final String[] BINARY = {"", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"};
    private static final String[] DECIMAL = {"n", "u", "m", "", "k", "M", "G", "T", "P", "E"};

    /** The families of suffixes. */
    public enum Format {
        DECIMAL_SI,
        BINARY_SI,
        DECIMAL_EXPONENT
    }

    /** A text that is no quantity; the message is what the API tells. */
    public static final class QuantityException extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        QuantityException(String message) {
            super(message);
        }
    }

    private static final Pattern FORM =
            Pattern.compile("([+-]?)([0-9]+(?:\\.[0-9]*)?|\\.[0-9]*)([eEinumkKMGTP]*[-+]?[0-9]*)");

    private static final String MUST_MATCH =
            "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

    public static Quantity of(long value) {
        return new Quantity(BigDecimal.valueOf(value), Format.DECIMAL_SI);
    }

    public static Quantity ofMillis(long millis) {
        return new Quantity(BigDecimal.valueOf(millis, 3), Format.DECIMAL_SI);
    }

    public static Quantity ofBytes(long bytes) {
        return new Quantity(BigDecimal.valueOf(bytes), Format.BINARY_SI);
    }

    /**
     * Reads {@code 100m}, {@code 1.5Gi}, {@code 1e3}; more than nine places are rounded away from zero, more than
     * 2^63-1 is cut to that.
     *
     * @throws QuantityException when it is none
     */
    public static Quantity parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (text.length() > LONGEST || !parts.matches()) {
            throw new QuantityException(MUST_MATCH);
        }
        if (parts.group(2).equals(".")) {
            throw new QuantityException("unable to parse numeric part of quantity");
        }
        BigDecimal number = new BigDecimal(parts.group(2));
        String suffix = parts.group(3);
        BigDecimal amount;
        Format format;
        int binary = indexOf(BINARY, suffix);
        int decimal = indexOf(DECIMAL, suffix);
        if (decimal >= 0) {
            format = Format.DECIMAL_SI;
            amount = number.scaleByPowerOfTen(3 * (decimal - 3));
        } else if (binary > 0) {
            format = Format.BINARY_SI;
            amount = number.multiply(new BigDecimal(KIBI.pow(binary)));
        } else {
            format = Format.DECIMAL_EXPONENT;
            amount = number.scaleByPowerOfTen(exponent(suffix));
        }
        return new Quantity(bounded(parts.group(1).equals("-") ? amount.negate() : amount), format);
    }

    public static Optional<Quantity> tryParse(String text) {
        try {
            return Optional.of(parse(text));
        } catch (QuantityException e) {
            return Optional.empty();
        }
    }

    private static int indexOf(String[] suffixes, String suffix) {
        for (int i = 0; i < suffixes.length; i++) {
            if (suffixes[i].equals(suffix)) {
                return i;
            }
        }
        return -1;
    }

    private static int exponent(String suffix) {
        if (suffix.length() < 2 || (suffix.charAt(0) != 'e' && suffix.charAt(0) != 'E')) {
            throw new QuantityException("unable to parse quantity's suffix");
        }
        try {
            int exponent = Integer.parseInt(suffix, 1, suffix.length(), 10);
            // Beyond these every number is zero or the largest.
            return Math.clamp(exponent, -5000, 5000);
        } catch (NumberFormatException e) {
            throw new QuantityException("unable to parse quantity's suffix");
        }
    }

    private static BigDecimal bounded(BigDecimal amount) {
        BigDecimal rounded = amount.scale() > 9 ? amount.setScale(9, RoundingMode.UP) : amount;
        if (rounded.compareTo(LARGEST) > 0) {
            return LARGEST;
        }
        if (rounded.negate().compareTo(LARGEST) > 0) {
            return LARGEST.negate();
        }
        return rounded.signum() == 0 ? BigDecimal.ZERO : rounded;
    }

    /** The canonical text: no fraction, the largest suffix that allows it. */
    @Override
    public String toString() {
        if (amount.signum() == 0) {
            return "0";
        }
        if (format == Format.BINARY_SI
                && amount.abs().compareTo(BigDecimal.valueOf(1024)) >= 0
                && amount.stripTrailingZeros().scale() <= 0) {
            return binary(amount.toBigIntegerExact());
        }
        return decimal();
    }

    private static String binary(BigInteger value) {
        BigInteger rest = value;
        int power = 0;
        while (power < BINARY.length - 1) {
            BigInteger[] divided = rest.divideAndRemainder(KIBI);
            if (divided[1].signum() != 0) {
                break;
            }
            rest = divided[0];
            power++;
        }
        return rest + BINARY[power];
    }

    private String decimal() {
        BigDecimal stripped = amount.stripTrailingZeros();
        // The largest multiple of three not above the exponent of the last digit.
        int exponent = Math.max(Math.floorDiv(-stripped.scale(), 3) * 3, -9);
        BigInteger mantissa = stripped.scaleByPowerOfTen(-exponent).toBigIntegerExact();
        if (format == Format.DECIMAL_EXPONENT || exponent > 18) {
            return exponent == 0 ? mantissa.toString() : mantissa + "e" + exponent;
        }
        return mantissa + DECIMAL[exponent / 3 + 3];
    }

    /** The amount as a whole number, rounded up (away from zero). */
    public long value() {
        return whole(amount);
    }

    /** A thousand times the amount as a whole number, rounded up (away from zero). */
    public long milliValue() {
        return whole(amount.movePointRight(3));
    }

    private static long whole(BigDecimal number) {
        BigInteger rounded = number.setScale(0, RoundingMode.UP).toBigInteger();
        if (rounded.bitLength() > 63) {
            return rounded.signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        return rounded.longValue();
    }

    public double asDouble() {
        return amount.doubleValue();
    }

    public boolean isZero() {
        return amount.signum() == 0;
    }

    public int signum() {
        return amount.signum();
    }

    /** The sum, written as this one; a zero takes the other's way of writing. */
    public Quantity plus(Quantity other) {
        return new Quantity(amount.add(other.amount), isZero() ? other.format : format);
    }

    public Quantity minus(Quantity other) {
        return new Quantity(amount.subtract(other.amount), isZero() ? other.format : format);
    }

    public Quantity times(long factor) {
        return new Quantity(amount.multiply(BigDecimal.valueOf(factor)), format);
    }

    public Quantity negate() {
        return new Quantity(amount.negate(), format);
    }

    /** Whether both are the same amount, however written. */
    public boolean sameAmount(Quantity other) {
        return compareTo(other) == 0;
    }

    @Override
    public int compareTo(Quantity other) {
        return amount.compareTo(other.amount);
    }
}
