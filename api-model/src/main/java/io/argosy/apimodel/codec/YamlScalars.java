package io.argosy.apimodel.codec;

import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.tree.NullValue;
import io.argosy.apimodel.tree.Value;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.events.ScalarEvent;

/** What a scalar of a YAML document means, by the rules of YAML 1.1. */
final class YamlScalars {

    private static final Set<String> TRUE =
            Set.of("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON");
    private static final Set<String> FALSE =
            Set.of("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF");
    private static final Set<String> NULL = Set.of("", "~", "null", "Null", "NULL");
    private static final Set<String> NOT_FINITE = Set.of(
            ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF", ".nan", ".NaN", ".NAN");
    private static final Pattern REAL = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    private static final BigInteger UNSIGNED_END = BigInteger.ONE.shiftLeft(64);

    private YamlScalars() {}

    static Value value(ScalarEvent event) {
        String text = event.getValue();
        String tag = event.getTag().map(Object::toString).orElse("");
        return switch (tag) {
            case "tag:yaml.org,2002:str", "!" -> Value.of(text);
            case "tag:yaml.org,2002:binary" -> binary(text);
            case "" -> event.isPlain() ? plain(text) : Value.of(text);
            default -> tag.startsWith("tag:yaml.org,2002:") ? plain(text) : Value.of(text);
        };
    }

    private static Value binary(String text) {
        try {
            byte[] bytes = Base64.getMimeDecoder().decode(text);
            return Value.of(new String(bytes, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest("yaml: !!binary value contains invalid base64 data");
        }
    }

    /** Whether a plain scalar of this text would be read as something else than a string. */
    static boolean isSpecial(String text) {
        return NULL.contains(text)
                || TRUE.contains(text)
                || FALSE.contains(text)
                || NOT_FINITE.contains(text)
                || number(text).isPresent();
    }

    private static Value plain(String text) {
        if (NULL.contains(text)) {
            return NullValue.NULL;
        }
        if (TRUE.contains(text)) {
            return Value.of(true);
        }
        if (FALSE.contains(text)) {
            return Value.of(false);
        }
        if (NOT_FINITE.contains(text)) {
            throw ApiException.badRequest("json: unsupported value: " + text);
        }
        return number(text).orElseGet(() -> Value.of(text));
    }

    private static Optional<Value> number(String text) {
        if (text.isEmpty() || "+-.0123456789".indexOf(text.charAt(0)) < 0) {
            return Optional.empty();
        }
        String digits = text.replace("_", "");
        Optional<Value> whole = whole(digits);
        if (whole.isPresent()) {
            return whole;
        }
        if (REAL.matcher(digits).matches()) {
            double value = Double.parseDouble(digits);
            return Double.isFinite(value) ? Optional.of(Value.of(value)) : Optional.empty();
        }
        return Optional.empty();
    }

    private static Optional<Value> whole(String text) {
        boolean negative = text.startsWith("-");
        String digits = negative || text.startsWith("+") ? text.substring(1) : text;
        int radix = 10;
        if (digits.startsWith("0x") || digits.startsWith("0X")) {
            radix = 16;
            digits = digits.substring(2);
        } else if (digits.startsWith("0b") || digits.startsWith("0B")) {
            radix = 2;
            digits = digits.substring(2);
        } else if (digits.startsWith("0o") || digits.startsWith("0O")) {
            radix = 8;
            digits = digits.substring(2);
        } else if (digits.length() > 1 && digits.startsWith("0")) {
            radix = 8;
        }
        if (digits.isEmpty() || digits.length() > 66) {
            return Optional.empty();
        }
        for (int i = 0; i < digits.length(); i++) {
            if (Character.digit(digits.charAt(i), radix) < 0 || digits.charAt(i) > 'f') {
                return Optional.empty();
            }
        }
        BigInteger value = new BigInteger(negative ? "-" + digits : digits, radix);
        if (value.bitLength() <= 63) {
            return Optional.of(Value.of(value.longValue()));
        }
        return value.signum() > 0 && value.compareTo(UNSIGNED_END) < 0
                ? Optional.of(Value.of(value.doubleValue()))
                : Optional.empty();
    }
}
