package io.argosy.apimodel.meta;

import com.google.re2j.Pattern;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What names, labels and their like may look like. Each check gives the messages of what is wrong, in the words that
 * Kubernetes uses; none when all is well. See the Kubernetes page "Object Names and IDs", RFC 1035, RFC 1123.
 */
public final class Names {

    private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final String SUBDOMAIN = LABEL + "(\\." + LABEL + ")*";
    private static final String UNDERSCORE_LABEL = "_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?";
    private static final String UNDERSCORE_SUBDOMAIN = UNDERSCORE_LABEL + "(\\." + UNDERSCORE_LABEL + ")*";
    private static final String DNS_1035 = "[a-z]([-a-z0-9]*[a-z0-9])?";
    private static final String KEY_NAME = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
    private static final String LABEL_VALUE = "(" + KEY_NAME + ")?";
    private static final String ENV_VAR = "[-._a-zA-Z][-._a-zA-Z0-9]*";
    private static final String CONFIG_KEY = "[-._a-zA-Z0-9]+";
    private static final String C_IDENTIFIER = "[A-Za-z_][A-Za-z0-9_]*";
    private static final String PERCENT = "[0-9]+%";
    private static final String HEADER = "[-A-Za-z0-9]+";
    private static final String HTTP_PATH = "[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+";

    private static final Pattern LABEL_PATTERN = Pattern.compile(LABEL);
    private static final Pattern SUBDOMAIN_PATTERN = Pattern.compile(SUBDOMAIN);
    private static final Pattern UNDERSCORE_SUBDOMAIN_PATTERN = Pattern.compile(UNDERSCORE_SUBDOMAIN);
    private static final Pattern DNS_1035_PATTERN = Pattern.compile(DNS_1035);
    private static final Pattern WILDCARD_PATTERN = Pattern.compile("\\*\\." + SUBDOMAIN);
    private static final Pattern KEY_NAME_PATTERN = Pattern.compile(KEY_NAME);
    private static final Pattern LABEL_VALUE_PATTERN = Pattern.compile(LABEL_VALUE);
    private static final Pattern ENV_VAR_PATTERN = Pattern.compile(ENV_VAR);
    private static final Pattern CONFIG_KEY_PATTERN = Pattern.compile(CONFIG_KEY);
    private static final Pattern C_IDENTIFIER_PATTERN = Pattern.compile(C_IDENTIFIER);
    private static final Pattern PERCENT_PATTERN = Pattern.compile(PERCENT);
    private static final Pattern HEADER_PATTERN = Pattern.compile(HEADER);
    private static final Pattern HTTP_PATH_PATTERN = Pattern.compile(HTTP_PATH);
    private static final Pattern PORT_LETTERS = Pattern.compile("[-a-z0-9]+");

    private static final String SUBDOMAIN_MESSAGE = "a lowercase RFC 1123 subdomain must consist of lower case"
            + " alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character";
    private static final String UNDERSCORE_MESSAGE = "a lowercase RFC 1123 subdomain must consist of lower case"
            + " alphanumeric characters, '_', '-' or '.', and must start and end with an alphanumeric character";
    private static final String KEY_MESSAGE = "must consist of alphanumeric characters, '-', '_' or '.', and must"
            + " start and end with an alphanumeric character";

    private Names() {}

    /** {@code my-name}: at most 63 of lower case letters, digits and hyphens. */
    public static List<String> dns1123Label(String value) {
        List<String> wrong = new ArrayList<>();
        maxLength(value, 63, wrong);
        if (!LABEL_PATTERN.matches(value)) {
            wrong.add(
                    SUBDOMAIN_PATTERN.matches(value)
                            ? "must not contain dots"
                            : regex(
                                    "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or"
                                            + " '-', and must start and end with an alphanumeric character",
                                    LABEL,
                                    "my-name",
                                    "123-abc"));
        }
        return wrong;
    }

    /** {@code example.com}: labels with dots, at most 253 characters. */
    public static List<String> dns1123Subdomain(String value) {
        return check(value, 253, SUBDOMAIN_PATTERN, regex(SUBDOMAIN_MESSAGE, SUBDOMAIN, "example.com"));
    }

    /** As {@link #dns1123Subdomain}, with underscores allowed. */
    public static List<String> dns1123SubdomainWithUnderscore(String value) {
        return check(
                value,
                253,
                UNDERSCORE_SUBDOMAIN_PATTERN,
                regex(UNDERSCORE_MESSAGE, UNDERSCORE_SUBDOMAIN, "example.com"));
    }

    /** As {@link #dns1123Label}, starting with a letter. */
    public static List<String> dns1035Label(String value) {
        return check(
                value,
                63,
                DNS_1035_PATTERN,
                regex(
                        "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an"
                                + " alphabetic character, and end with an alphanumeric character",
                        DNS_1035,
                        "my-name",
                        "abc-123"));
    }

    /** {@code *.example.com}. */
    public static List<String> wildcardDns1123Subdomain(String value) {
        return check(
                value,
                253,
                WILDCARD_PATTERN,
                regex(
                        "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which"
                                + " must consist of lower case alphanumeric characters, '-' or '.' and end with an"
                                + " alphanumeric character",
                        "\\*\\." + SUBDOMAIN,
                        "*.example.com"));
    }

    /** A label key: {@code example.com/name} or {@code name}. Annotation keys and finalizers have the same form. */
    public static List<String> qualifiedName(String value) {
        List<String> wrong = new ArrayList<>();
        String[] parts = value.split("/", -1);
        String form = regex(KEY_MESSAGE, KEY_NAME, "MyName", "my.name", "123-abc");
        if (parts.length > 2) {
            wrong.add("a valid label key " + form
                    + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')");
            return wrong;
        }
        if (parts.length == 2) {
            if (parts[0].isEmpty()) {
                wrong.add("prefix part must be non-empty");
            } else {
                dns1123Subdomain(parts[0]).forEach(message -> wrong.add("prefix part " + message));
            }
        }
        String name = parts[parts.length - 1];
        if (name.isEmpty()) {
            wrong.add("name part must be non-empty");
        } else if (bytes(name) > 63) {
            wrong.add("name part must be no more than 63 bytes");
        }
        if (!KEY_NAME_PATTERN.matches(name)) {
            wrong.add("name part " + form);
        }
        return wrong;
    }

    /** A label value: at most 63 bytes, may be empty. */
    public static List<String> labelValue(String value) {
        List<String> wrong = new ArrayList<>();
        if (bytes(value) > 63) {
            wrong.add("must be no more than 63 bytes");
        }
        if (!LABEL_VALUE_PATTERN.matches(value)) {
            wrong.add(regex(
                    "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.',"
                            + " and must start and end with an alphanumeric character",
                    LABEL_VALUE,
                    "MyValue",
                    "my_value",
                    "12345"));
        }
        return wrong;
    }

    /** A name that is one segment of a path: not {@code .} or {@code ..}, without slash and percent. */
    public static List<String> pathSegment(String value) {
        if (value.equals(".") || value.equals("..")) {
            return List.of("may not be '" + value + "'");
        }
        List<String> wrong = new ArrayList<>();
        for (String illegal : List.of("/", "%")) {
            if (value.contains(illegal)) {
                wrong.add("may not contain '" + illegal + "'");
            }
        }
        return wrong;
    }

    /** The start of a path segment: {@link #pathSegment} without the check for dots. */
    public static List<String> pathSegmentPrefix(String value) {
        return value.equals(".") || value.equals("..") ? List.of() : pathSegment(value);
    }

    /** A key of a ConfigMap or Secret. */
    public static List<String> configMapKey(String value) {
        List<String> wrong = check(
                value,
                253,
                CONFIG_KEY_PATTERN,
                regex(
                        "a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
                        CONFIG_KEY,
                        "key.name",
                        "KEY_NAME",
                        "key-name"));
        parentPrefix(value, wrong);
        return wrong;
    }

    public static List<String> envVarName(String value) {
        List<String> wrong = check(
                value,
                Integer.MAX_VALUE,
                ENV_VAR_PATTERN,
                regex(
                        "a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or"
                                + " '.', and must not start with a digit",
                        ENV_VAR,
                        "my.env-name",
                        "MY_ENV.NAME",
                        "MyEnvName1"));
        parentPrefix(value, wrong);
        return wrong;
    }

    /** An environment variable's name where any printable ASCII but {@code =} is allowed. */
    public static List<String> relaxedEnvVarName(String value) {
        List<String> wrong = new ArrayList<>();
        if (value.isEmpty()) {
            wrong.add("environment variable name must be non-empty");
        }
        if (!value.chars().allMatch(c -> c >= 0x20 && c < 0x7f && c != '=')) {
            wrong.add(
                    "a valid environment variable name must consist only of printable ASCII characters other than '='");
        }
        return wrong;
    }

    public static List<String> cIdentifier(String value) {
        return check(
                value,
                Integer.MAX_VALUE,
                C_IDENTIFIER_PATTERN,
                regex(
                        "a valid C identifier must start with alphabetic character or '_', followed by a string of"
                                + " alphanumeric characters or '_'",
                        C_IDENTIFIER,
                        "my_name",
                        "MY_NAME",
                        "MyName"));
    }

    /** A port's number. */
    public static List<String> portNumber(long port) {
        return inRange(port, 1, 65535);
    }

    public static List<String> inRange(long value, long minimum, long maximum) {
        return value >= minimum && value <= maximum
                ? List.of()
                : List.of("must be between " + minimum + " and " + maximum + ", inclusive");
    }

    /** A user or group ID. */
    public static List<String> userId(long id) {
        return inRange(id, 0, Integer.MAX_VALUE);
    }

    /** An IANA service name: at most 15 of lower case letters, digits and single hyphens, at least one letter. */
    public static List<String> portName(String value) {
        List<String> wrong = new ArrayList<>();
        maxLength(value, 15, wrong);
        if (!PORT_LETTERS.matches(value)) {
            wrong.add("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
        }
        if (value.chars().noneMatch(c -> c >= 'a' && c <= 'z')) {
            wrong.add("must contain at least one letter (a-z)");
        }
        if (value.contains("--")) {
            wrong.add("must not contain consecutive hyphens");
        }
        if (value.startsWith("-") || value.endsWith("-")) {
            wrong.add("must not begin or end with a hyphen");
        }
        return wrong;
    }

    public static List<String> percent(String value) {
        return check(
                value,
                Integer.MAX_VALUE,
                PERCENT_PATTERN,
                regex(
                        "a valid percent string must be a numeric string followed by an ending '%'",
                        PERCENT, "1%", "93%"));
    }

    public static List<String> httpHeaderName(String value) {
        return check(
                value,
                Integer.MAX_VALUE,
                HEADER_PATTERN,
                regex("a valid HTTP header must consist of alphanumeric characters or '-'", HEADER, "X-Header-Name"));
    }

    /** The path after the domain in {@code acme.io/foo}. */
    public static List<String> domainPath(String value) {
        return HTTP_PATH_PATTERN.matches(value) ? List.of() : List.of(regex("Invalid path", HTTP_PATH));
    }

    private static List<String> check(String value, int maximum, Pattern pattern, String message) {
        List<String> wrong = new ArrayList<>();
        maxLength(value, maximum, wrong);
        if (!pattern.matches(value)) {
            wrong.add(message);
        }
        return wrong;
    }

    private static void maxLength(String value, int maximum, List<String> wrong) {
        if (value.length() > maximum / 3 && bytes(value) > maximum) {
            wrong.add("must be no more than " + maximum + " characters");
        }
    }

    private static int bytes(String value) {
        return value.getBytes(StandardCharsets.UTF_8).length;
    }

    private static void parentPrefix(String value, List<String> wrong) {
        if (value.equals(".") || value.equals("..")) {
            wrong.add("must not be '" + value + "'");
        } else if (value.startsWith("..")) {
            wrong.add("must not start with '..'");
        }
    }

    private static String regex(String message, String pattern, String... examples) {
        StringBuilder text = new StringBuilder(message).append(" (");
        if (examples.length > 0) {
            text.append("e.g. ").append(String.join(" or ", quote(examples)));
        }
        return text.append("regex used for validation is '")
                .append(pattern)
                .append("')")
                .toString();
    }

    private static String[] quote(String... examples) {
        String[] quoted = new String[examples.length];
        for (int i = 0; i < examples.length; i++) {
            quoted[i] = "'" + examples[i] + "', ";
        }
        return quoted;
    }
}
