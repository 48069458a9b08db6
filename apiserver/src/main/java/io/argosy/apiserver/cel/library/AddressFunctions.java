package io.argosy.apiserver.cel.library;

import static dev.cel.common.types.SimpleType.BOOL;
import static dev.cel.common.types.SimpleType.INT;
import static dev.cel.common.types.SimpleType.STRING;
import static io.argosy.apiserver.cel.library.KubernetesTypes.CIDR;
import static io.argosy.apiserver.cel.library.KubernetesTypes.IP;

import java.util.List;
import java.util.function.Predicate;

/** {@code ip()}, {@code cidr()} and what their values can tell. */
final class AddressFunctions {

    private AddressFunctions() {}

    static void addTo(Functions functions) {
        functions
                .global("ip", "string_to_ip", IP, List.of(STRING), args -> ip(args[0]))
                .member(
                        "ip",
                        "cidr_ip",
                        IP,
                        List.of(CIDR),
                        args -> network(args[0]).address())
                .global(
                        "isIP",
                        "is_ip",
                        BOOL,
                        List.of(STRING),
                        args -> Address.parse((String) args[0]).isPresent())
                .global(
                        "ip.isCanonical",
                        "ip_is_canonical",
                        BOOL,
                        List.of(STRING),
                        args -> ip(args[0]).toString().equals(args[0]))
                .member("family", "ip_family", INT, List.of(IP), args -> (long) ((Address) args[0]).family())
                .global("string", "ip_to_string", STRING, List.of(IP), args -> args[0].toString());
        is(functions, "isUnspecified", "ip_is_unspecified", Address::isUnspecified);
        is(functions, "isLoopback", "ip_is_loopback", Address::isLoopback);
        is(functions, "isLinkLocalMulticast", "ip_is_link_local_multicast", Address::isLinkLocalMulticast);
        is(functions, "isLinkLocalUnicast", "ip_is_link_local_unicast", Address::isLinkLocalUnicast);
        is(functions, "isGlobalUnicast", "ip_is_global_unicast", Address::isGlobalUnicast);
        functions
                .global("cidr", "string_to_cidr", CIDR, List.of(STRING), args -> cidr(args[0]))
                .global(
                        "isCIDR",
                        "is_cidr",
                        BOOL,
                        List.of(STRING),
                        args -> Network.parse((String) args[0]).isPresent())
                .member(
                        "containsIP",
                        "cidr_contains_ip_string",
                        BOOL,
                        List.of(CIDR, STRING),
                        args -> network(args[0]).contains(ip(args[1])))
                .member(
                        "containsIP",
                        "cidr_contains_ip_ip",
                        BOOL,
                        List.of(CIDR, IP),
                        args -> network(args[0]).contains((Address) args[1]))
                .member(
                        "containsCIDR",
                        "cidr_contains_cidr_string",
                        BOOL,
                        List.of(CIDR, STRING),
                        args -> network(args[0]).contains(cidr(args[1])))
                .member(
                        "containsCIDR",
                        "cidr_contains_cidr",
                        BOOL,
                        List.of(CIDR, CIDR),
                        args -> network(args[0]).contains(network(args[1])))
                .member("prefixLength", "cidr_prefix_length", INT, List.of(CIDR), args ->
                        (long) network(args[0]).length())
                .member(
                        "masked",
                        "cidr_masked",
                        CIDR,
                        List.of(CIDR),
                        args -> network(args[0]).masked())
                .global("string", "cidr_to_string", STRING, List.of(CIDR), args -> args[0].toString());
    }

    private static void is(Functions functions, String name, String id, Predicate<Address> predicate) {
        functions.member(name, id, BOOL, List.of(IP), args -> predicate.test((Address) args[0]));
    }

    private static Network network(Object value) {
        return (Network) value;
    }

    private static Address ip(Object text) {
        return Address.parse((String) text)
                .orElseThrow(() -> new FunctionFailure("IP Address \"" + text
                        + "\" parse error during conversion from string: ParseAddr(\"" + text
                        + "\"): unable to parse IP"));
    }

    private static Network cidr(Object text) {
        return Network.parse((String) text)
                .orElseThrow(() -> new FunctionFailure("network address parse error during conversion from string:"
                        + " netip.ParsePrefix(\"" + text + "\"): unable to parse"));
    }
}
