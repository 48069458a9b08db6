package io.argosy.apiserver.registry.core;

import io.argosy.apimodel.meta.Names;
import io.argosy.apimodel.quantity.Quantity;
import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.registry.check.Rules;
import io.argosy.apiserver.registry.check.Selectors;
import io.argosy.apiserver.registry.check.Spot;
import java.util.List;
import java.util.Optional;

/** The rules of claims of storage and of endpoints. */
public final class ClaimRules {

    public static final Rules CLAIMS = Rules.of(claim -> claim(claim.at("spec")));
    public static final Rules ENDPOINTS = Rules.of(ClaimRules::endpoints);

    private ClaimRules() {}

    /** A claim that is made from a template. */
    public static void template(Spot template) {
        claim(template.at("spec"));
    }

    private static void claim(Spot spec) {
        Spot modes = spec.at("accessModes");
        if (modes.empty()) {
            modes.required("at least 1 access mode is required");
        }
        Selectors.check(spec.at("selector"));
        for (Spot mode : modes.items()) {
            mode.named(modes.path()).word("ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod");
        }
        if (modes.strings().contains("ReadWriteOncePod") && modes.items().size() > 1) {
            modes.forbidden("may not use ReadWriteOncePod with other access modes");
        }
        Spot storage = spec.at("resources", "requests")
                .key("storage")
                .named(spec.path().child("resources").key("storage"));
        Optional<Quantity> size = storage.quantity();
        if (size.isEmpty()) {
            storage.required("");
        } else if (size.get().signum() <= 0) {
            storage.invalid(Value.of(size.get().toString()), "must be greater than zero");
        }
        spec.at("storageClassName").obeys(Names::dns1123Subdomain);
        spec.at("volumeMode").word("Block", "Filesystem");
        source(spec);
    }

    /** One source alone counts as the other too. */
    private static void source(Spot spec) {
        Spot source = spec.at("dataSource");
        Spot reference = spec.at("dataSourceRef");
        if (source.present()) {
            source.at("name").needed();
        }
        if (reference.present()) {
            reference.at("name").needed();
        } else if (source.present()) {
            source.at("name").named(reference.path().child("name")).needed();
        }
    }

    private static void address(Spot address) {
        Spot ip = address.at("ip");
        if (AddressRules.parse(ip.text()).isEmpty()) {
            ip.invalid("must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
        }
        address.at("hostname").obeys(Names::dns1123Label);
        address.at("nodeName").given(Names::dns1123Subdomain);
        AddressRules.endpoint(ip);
    }

    private static void endpoints(Spot endpoints) {
        for (Spot subset : endpoints.items("subsets")) {
            if (subset.at("addresses").empty() && subset.at("notReadyAddresses").empty()) {
                subset.required("must specify `addresses` or `notReadyAddresses`");
            }
            for (String kind : List.of("addresses", "notReadyAddresses")) {
                subset.items(kind).forEach(ClaimRules::address);
            }
            List<Spot> ports = subset.items("ports");
            for (Spot port : ports) {
                if (port.at("name").empty() && ports.size() > 1) {
                    port.at("name").required("");
                }
                port.at("name").obeys(Names::dns1123Label);
                port.at("port").port();
                port.at("protocol").oneOf("SCTP", "TCP", "UDP");
            }
        }
    }
}
