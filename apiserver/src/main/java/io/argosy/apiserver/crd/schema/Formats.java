package io.argosy.apiserver.crd.schema;

import io.argosy.apimodel.time.ApiDuration;
import io.argosy.apimodel.time.ApiTime;
import io.argosy.apiserver.registry.service.AddressRange;
import java.net.Inet4Address;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.regex.Pattern;

/** The string formats that are checked; others say nothing. */
final class Formats {

    private static final Pattern UUID =
            Pattern.compile("(?i)[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}");
    private static final Pattern MAC = Pattern.compile("(?i)([0-9a-f]{2}[:-]){5}[0-9a-f]{2}");
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+");
    private static final Pattern HOST = Pattern.compile(
            "[a-zA-Z0-9]([-a-zA-Z0-9]{0,61}[a-zA-Z0-9])?(\\.[a-zA-Z0-9]([-a-zA-Z0-9]{0,61}[a-zA-Z0-9])?)*\\.?");

    private Formats() {}

    static boolean matches(String format, String text) {
        return switch (format) {
            case "date-time" -> ApiTime.parse(text).isPresent();
            case "date" -> isDate(text);
            case "duration" -> ApiDuration.parse(text).isPresent();
            case "ipv4" ->
                AddressRange.address(text)
                        .filter(Inet4Address.class::isInstance)
                        .isPresent();
            case "ipv6" -> text.indexOf(':') >= 0 && AddressRange.address(text).isPresent();
            case "cidr" -> isRange(text);
            case "uuid", "uuid3", "uuid4", "uuid5" -> UUID.matcher(text).matches();
            case "mac" -> MAC.matcher(text).matches();
            case "email" -> EMAIL.matcher(text).matches();
            case "hostname" -> text.length() < 256 && HOST.matcher(text).matches();
            case "byte" -> isBase64(text);
            case "uri" -> isUri(text);
            default -> true;
        };
    }

    private static boolean isDate(String text) {
        try {
            LocalDate.parse(text);
            return true;
        } catch (DateTimeParseException _) {
            return false;
        }
    }

    private static boolean isRange(String text) {
        try {
            AddressRange.parse(text);
            return true;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static boolean isBase64(String text) {
        try {
            Base64.getDecoder().decode(text);
            return true;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static boolean isUri(String text) {
        try {
            return new URI(text).isAbsolute();
        } catch (URISyntaxException _) {
            return false;
        }
    }
}
