package io.argosy.apimodel.schema.structural;

import io.argosy.apimodel.time.ApiDuration;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The string formats that Kubernetes checks; others are not looked at. */
final class Formats {

    private static final Pattern DATE_TIME = Pattern.compile(
            "[0-9]{4}-(0[0-9]|1[012])-([012][0-9]|3[01])[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?([Zz]|[+-][0-9]{2}:?[0-9]{2})?");
    private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");
    private static final Pattern IPV6_LETTERS = Pattern.compile("[0-9a-fA-F:.]{2,45}");
    private static final Pattern MAC = Pattern.compile(
            "([0-9a-fA-F]{2}[:-]){5}[0-9a-fA-F]{2}|([0-9a-fA-F]{2}[:-]){7}[0-9a-fA-F]{2}|([0-9a-fA-F]{4}\\.){2}[0-9a-fA-F]{4}");
    private static final Pattern UUID =
            Pattern.compile("(?i)[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}");
    private static final Pattern EMAIL = Pattern.compile("[^@\\s<>]+@[^@\\s<>]+");
    private static final Pattern HOSTNAME =
            Pattern.compile("(?i)[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*\\.?");
    private static final Pattern HEX_COLOR = Pattern.compile("#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})");
    private static final Pattern SHORT_NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    private static final Pattern LONG_NAME =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

    private static final Map<String, Predicate<String>> KNOWN = Map.ofEntries(
            Map.entry("date-time", Formats::dateTime),
            Map.entry("datetime", Formats::dateTime),
            Map.entry("date", Formats::date),
            Map.entry("duration", text -> ApiDuration.parse(text).isPresent()),
            Map.entry("byte", Formats::base64),
            Map.entry("ipv4", text -> IPV4.matcher(text).matches()),
            Map.entry("ipv6", Formats::ipv6),
            Map.entry("cidr", Formats::cidr),
            Map.entry("mac", text -> MAC.matcher(text).matches()),
            Map.entry("uuid", text -> UUID.matcher(text).matches()),
            Map.entry("uuid3", text -> UUID.matcher(text).matches() && version(text) == '3'),
            Map.entry("uuid4", text -> UUID.matcher(text).matches() && version(text) == '4'),
            Map.entry("uuid5", text -> UUID.matcher(text).matches() && version(text) == '5'),
            Map.entry("email", text -> EMAIL.matcher(text).matches()),
            Map.entry(
                    "hostname",
                    text -> text.length() <= 255 && HOSTNAME.matcher(text).matches()),
            Map.entry("uri", Formats::uri),
            Map.entry("hexcolor", text -> HEX_COLOR.matcher(text).matches()),
            Map.entry("k8s-short-name", text -> SHORT_NAME.matcher(text).matches()),
            Map.entry(
                    "k8s-long-name",
                    text -> text.length() <= 253 && LONG_NAME.matcher(text).matches()));

    private Formats() {}

    static boolean matches(String format, String text) {
        Predicate<String> known = KNOWN.get(format);
        return known == null || known.test(text);
    }

    private static char version(String uuid) {
        return uuid.replace("-", "").charAt(12);
    }

    private static boolean dateTime(String text) {
        return DATE_TIME.matcher(text).matches() && date(text.substring(0, 10)) && hour(text) < 24;
    }

    private static int hour(String text) {
        return Integer.parseInt(text, 11, 13, 10);
    }

    private static boolean date(String text) {
        try {
            LocalDate.parse(text, DateTimeFormatter.ISO_LOCAL_DATE);
            return text.length() == 10;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean base64(String text) {
        try {
            Base64.getDecoder().decode(text);
            return text.length() % 4 == 0 && !text.isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean ipv6(String text) {
        if (!IPV6_LETTERS.matcher(text).matches() || text.indexOf(':') < 0) {
            return false;
        }
        int tail = text.lastIndexOf(':') + 1;
        boolean mapped = text.indexOf('.') >= 0;
        if (mapped && !IPV4.matcher(text.substring(tail)).matches()) {
            return false;
        }
        String groups = mapped ? text.substring(0, tail) + "0:0" : text;
        int gap = groups.indexOf("::");
        if (gap != groups.lastIndexOf("::")) {
            return false;
        }
        int count = 0;
        String plain = gap < 0 ? groups : groups.substring(0, gap) + ":" + groups.substring(gap + 2);
        for (String group : plain.split(":", -1)) {
            boolean empty = group.isEmpty();
            if (group.length() > 4 || (empty && gap < 0)) {
                return false;
            }
            count += empty ? 0 : 1;
        }
        return gap < 0 ? count == 8 : count < 8;
    }

    private static boolean cidr(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !text.substring(slash + 1).matches("[0-9]{1,3}")) {
            return false;
        }
        String address = text.substring(0, slash);
        int bits = Integer.parseInt(text.substring(slash + 1));
        return (IPV4.matcher(address).matches() && bits <= 32) || (ipv6(address) && bits <= 128);
    }

    private static boolean uri(String text) {
        try {
            URI uri = new URI(text);
            return uri.isAbsolute() || text.startsWith("/");
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
