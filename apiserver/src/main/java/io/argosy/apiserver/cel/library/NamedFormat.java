package io.argosy.apiserver.cel.library;

import io.argosy.apimodel.meta.Names;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A form that texts may have.
 *
 * @param problems what is wrong with a text; nothing when it has the form
 * @param regexSize how long an expression that checks it would be: checks cost accordingly
 */
public record NamedFormat(String name, Function<String, List<String>> problems, int regexSize) {

    private static final Pattern UUID =
            Pattern.compile("(?i)^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$");
    private static final Pattern DATE_TIME = Pattern.compile(
            "^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?([Zz]|[+-][0-9]{2}:?[0-9]{2})?$");

    private static final Map<String, NamedFormat> ALL = new LinkedHashMap<>();

    static {
        add("dns1123Label", "DNS1123Label", Names::dns1123Label, 30);
        add("dns1123Subdomain", "DNS1123Subdomain", Names::dns1123Subdomain, 60);
        add("dns1035Label", "DNS1035Label", Names::dns1035Label, 30);
        add("qualifiedName", "QualifiedName", Names::qualifiedName, 60);
        add("dns1123LabelPrefix", "DNS1123LabelPrefix", text -> Names.dns1123Label(whole(text)), 30);
        add("dns1123SubdomainPrefix", "DNS1123SubdomainPrefix", text -> Names.dns1123Subdomain(whole(text)), 60);
        add("dns1035LabelPrefix", "DNS1035LabelPrefix", text -> Names.dns1035Label(whole(text)), 30);
        add("labelValue", "LabelValue", Names::labelValue, 40);
        add("uri", "URI", NamedFormat::uri, 1103);
        add("uuid", "uuid", text -> when(UUID.matcher(text).find(), "does not match the UUID format"), 85);
        add("byte", "byte", text -> when(isBase64(text), "invalid base64"), 84);
        add("date", "date", text -> when(isDate(text), "invalid date"), 123);
        add("datetime", "datetime", text -> when(isDateTime(text), "invalid datetime"), 123);
    }

    private static void add(String key, String name, Function<String, List<String>> problems, int size) {
        ALL.put(key, new NamedFormat(name, problems, size));
    }

    static Map<String, NamedFormat> all() {
        return java.util.Collections.unmodifiableMap(ALL);
    }

    private static List<String> when(boolean well, String otherwise) {
        return well ? List.of() : List.of(otherwise);
    }

    /** A prefix may end in a hyphen, as something follows it. */
    private static String whole(String prefix) {
        return prefix.length() > 1 && prefix.endsWith("-") ? prefix.substring(0, prefix.length() - 1) + "a" : prefix;
    }

    private static List<String> uri(String text) {
        return when(Url.parse(text).isPresent(), "parse \"" + text + "\": invalid URI for request");
    }

    private static boolean isBase64(String text) {
        try {
            Base64.getDecoder().decode(text);
            return !text.isEmpty() && text.length() % 4 == 0;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static boolean isDate(String text) {
        try {
            LocalDate.parse(text, DateTimeFormatter.ISO_LOCAL_DATE);
            return text.length() == 10;
        } catch (DateTimeException _) {
            return false;
        }
    }

    private static boolean isDateTime(String text) {
        return DATE_TIME.matcher(text).find() && isDate(text.substring(0, 10));
    }

    @Override
    public String toString() {
        return name;
    }
}
