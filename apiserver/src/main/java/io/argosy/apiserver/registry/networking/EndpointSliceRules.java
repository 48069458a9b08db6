package io.argosy.apiserver.registry.networking;

import io.argosy.apimodel.meta.Names;
import io.argosy.apiserver.registry.check.Rules;
import io.argosy.apiserver.registry.check.Spot;
import io.argosy.apiserver.registry.core.AddressRules;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The rules of endpoint slices, of ranges of Service addresses and of the addresses taken from them. */
public final class EndpointSliceRules {

    public static final Rules SLICES = Rules.of(EndpointSliceRules::slice)
            .onUpdate((slice, old) -> slice.at("addressType").immutable(old.at("addressType")));

    public static final Rules RANGES = Rules.of(range -> range(range.at("spec", "cidrs")));

    public static final Rules ADDRESSES = Rules.of(address -> parent(address.at("spec", "parentRef")))
            .onUpdate((address, old) -> address.at("spec", "parentRef").immutable(old.at("spec", "parentRef")));

    private static final int MOST_ENDPOINTS = 1000;
    private static final int MOST_PORTS = 20_000;
    private static final int MOST_ADDRESSES = 100;

    private EndpointSliceRules() {}

    private static void slice(Spot slice) {
        Spot type = slice.at("addressType");
        if (type.needed()) {
            type.oneOf("FQDN", "IPv4", "IPv6");
        }
        Spot endpoints = slice.at("endpoints");
        endpoints.atMostItems(MOST_ENDPOINTS);
        endpoints.items().forEach(endpoint -> endpoint(endpoint, type.text()));
        ports(slice.at("ports"));
    }

    private static void endpoint(Spot endpoint, String type) {
        Spot addresses = endpoint.at("addresses");
        if (addresses.empty()) {
            addresses.required("must contain at least 1 address");
        }
        addresses.atMostItems(MOST_ADDRESSES);
        addresses.items().forEach(address -> address(address, type));
        endpoint.at("nodeName").given(Names::dns1123Subdomain);
        endpoint.at("hostname").given(Names::dns1123Label);
        Set<String> zones = new HashSet<>();
        for (Spot zone : endpoint.at("hints").items("forZones")) {
            zone.at("name").obeys(Names::labelValue);
            zone.at("name").unique(zones);
        }
    }

    private static void address(Spot address, String type) {
        if (type.equals("FQDN")) {
            address.given(Names::dns1123Subdomain);
            return;
        }
        Optional<InetAddress> parsed = AddressRules.parse(address.text());
        if (parsed.isEmpty()) {
            address.invalid("must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
            return;
        }
        boolean four = parsed.get().getAddress().length == 4;
        if (type.equals("IPv4") && !four) {
            address.invalid("must be an IPv4 address");
        }
        if (type.equals("IPv6") && four) {
            address.invalid("must be an IPv6 address");
        }
        AddressRules.endpoint(address);
    }

    private static void ports(Spot ports) {
        ports.atMostItems(MOST_PORTS);
        Set<String> names = new HashSet<>();
        for (Spot port : ports.items()) {
            port.at("name").obeys(Names::dns1123Label);
            port.at("name").unique(names);
            port.at("protocol").word("SCTP", "TCP", "UDP");
            port.at("appProtocol").given(Names::qualifiedName);
        }
    }

    private static void range(Spot cidrs) {
        if (cidrs.empty()) {
            cidrs.required("at least one CIDR required");
            return;
        }
        if (cidrs.items().size() > 2) {
            cidrs.invalid("may only hold up to 2 values");
            return;
        }
        int before = cidrs.errorCount();
        cidrs.items().forEach(AddressRules::cidr);
        List<String> texts = cidrs.strings();
        boolean both = texts.size() == 2
                && texts.getFirst().contains(":") == texts.getLast().contains(":");
        if (both && cidrs.errorCount() == before) {
            cidrs.invalid("may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and 2001:db8::/64");
        }
    }

    private static void parent(Spot parent) {
        if (!parent.present()) {
            parent.required("");
            return;
        }
        parent.at("group").obeys(Names::dns1123Subdomain);
        parent.at("resource").name(Names::pathSegment);
        parent.at("name").name(Names::pathSegment);
        parent.at("namespace").obeys(Names::pathSegment);
    }
}
