package io.argosy.kubeproxy.config;

import io.argosy.kubeproxy.model.IpFamily;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Addresses, ports and ranges as an operator writes them. Pure. */
final class AddressRules {

    private AddressRules() {}

    static boolean isIp(String text) {
        return family(text).isPresent() && text.indexOf('/') < 0;
    }

    static boolean isRange(String text) {
        return family(text).isPresent() && text.indexOf('/') > 0;
    }

    static Optional<IpFamily> family(String text) {
        return Arrays.stream(IpFamily.values()).filter(each -> each.has(text)).findFirst();
    }

    /** The value of a flag that is an address. */
    static String ip(String text) {
        if (!text.isEmpty() && !isIp(text)) {
            throw new IllegalArgumentException("\"" + text + "\" is not a valid IP address");
        }
        return text;
    }

    /** The value of a flag that is an address with or without a port. */
    static String ipPort(String text, int port) {
        String whole = withPort(text, port);
        if (text.isEmpty() || problems("", whole).isEmpty() || whole.endsWith(":0")) {
            return whole;
        }
        throw new IllegalArgumentException("\"" + text + "\" is not in a valid format (ip or ip:port)");
    }

    /** Adds a port to what is an address alone. */
    static String withPort(String text, int port) {
        if (!isIp(text)) {
            return text;
        }
        return text.indexOf(':') >= 0 ? "[" + text + "]:" + port : text + ":" + port;
    }

    /** What is wrong with an address and port. */
    static List<String> problems(String field, String text) {
        int colon = text.lastIndexOf(':');
        boolean bracketed = text.startsWith("[") && colon > 0 && text.charAt(colon - 1) == ']';
        if (colon < 0 || (!bracketed && text.indexOf(':') != colon)) {
            return List.of(field + ": Invalid value: \"" + text + "\": must be IP:port");
        }
        String host = bracketed ? text.substring(1, colon - 1) : text.substring(0, colon);
        String port = text.substring(colon + 1);
        List<String> found = new java.util.ArrayList<>();
        if (!isIp(host)) {
            found.add(field + ": Invalid value: \"" + host + "\": must be a valid IP");
        }
        if (!port.matches("\\d{1,5}") || Integer.parseInt(port) < 1 || Integer.parseInt(port) > 65535) {
            found.add(field + ": Invalid value: \"" + port + "\": must be a valid port");
        }
        return found;
    }

    /** What is wrong with the ranges of the cluster's pods. */
    static List<String> clusterProblems(String field, List<String> ranges) {
        List<String> found = new java.util.ArrayList<>();
        if (ranges.size() <= 2) {
            for (int i = 0; i < ranges.size(); i++) {
                if (!isRange(ranges.get(i))) {
                    found.add(field + "[" + i + "]: Invalid value: \"" + ranges.get(i)
                            + "\": must be a valid CIDR block (e.g. 10.100.0.0/16 or fde4:8dba:82e1::/48)");
                }
            }
        }
        boolean sameFamily = found.isEmpty()
                && ranges.size() == 2
                && family(ranges.getFirst()).equals(family(ranges.getLast()));
        if (ranges.size() > 2 || sameFamily) {
            found.add(field + ": Invalid value: [\"" + String.join("\",\"", ranges) + "\"]: must be a single CIDR or a"
                    + " dual-stack pair of CIDRs (e.g. [10.100.0.0/16, fde4:8dba:82e1::/48])");
        }
        return found;
    }

    /** What is wrong with the addresses that answer on node ports. */
    static List<String> nodePortProblems(String field, List<String> addresses) {
        List<String> found = new java.util.ArrayList<>();
        for (int i = 0; i < addresses.size(); i++) {
            String at = field + "[" + i + "]: Invalid value: \"" + addresses.get(i) + "\": ";
            if (addresses.get(i).equals("primary")) {
                if (addresses.size() != 1) {
                    found.add(at + "can't use both 'primary' and CIDRs");
                }
                break;
            }
            if (!isRange(addresses.get(i))) {
                found.add(at + "must be a valid CIDR");
            }
        }
        return found;
    }
}
