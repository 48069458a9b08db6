package io.argosy.apiserver.registry.networking;

import io.argosy.apimodel.tree.IntegerValue;
import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.registry.check.Rules;
import io.argosy.apiserver.registry.check.Selectors;
import io.argosy.apiserver.registry.check.Spot;
import io.argosy.apiserver.registry.core.AddressRules;
import java.util.List;

/** The rules of network policies. */
public final class NetworkPolicyRules {

    public static final Rules POLICIES = Rules.of(policy -> spec(policy.at("spec")));

    private NetworkPolicyRules() {}

    private static void spec(Spot spec) {
        Selectors.check(spec.at("podSelector"));
        for (Spot rule : spec.items("ingress")) {
            rule.items("ports").forEach(NetworkPolicyRules::port);
            rule.items("from").forEach(NetworkPolicyRules::peer);
        }
        for (Spot rule : spec.items("egress")) {
            rule.items("ports").forEach(NetworkPolicyRules::port);
            rule.items("to").forEach(NetworkPolicyRules::peer);
        }
        List<Spot> types = spec.items("policyTypes");
        if (types.size() > 2) {
            spec.at("policyTypes").invalid("may not specify more than two policyTypes");
            return;
        }
        types.forEach(type -> type.word("Ingress", "Egress"));
    }

    private static void port(Spot one) {
        one.at("protocol").word("TCP", "UDP", "SCTP");
        Spot port = one.at("port");
        Spot end = one.at("endPort");
        if (!port.present()) {
            if (end.present()) {
                end.invalid("may not be specified when `port` is not specified");
            }
            return;
        }
        port.portOrName();
        if (!end.present()) {
            return;
        }
        if (port.value().filter(IntegerValue.class::isInstance).isEmpty()) {
            end.invalid("may not be specified when `port` is non-numeric");
            return;
        }
        if (end.number() < port.number()) {
            end.invalid(Value.of(port.number()), "must be greater than or equal to `port`");
        }
        end.port();
    }

    private static void peer(Spot peer) {
        Spot pods = peer.at("podSelector");
        Spot namespaces = peer.at("namespaceSelector");
        Spot block = peer.at("ipBlock");
        if (pods.present()) {
            Selectors.check(pods);
        }
        if (namespaces.present()) {
            Selectors.check(namespaces);
        }
        if (block.present()) {
            block(block);
        }
        boolean selects = pods.present() || namespaces.present();
        if (!selects && !block.present()) {
            peer.required("must specify a peer");
        } else if (selects && block.present()) {
            peer.forbidden("may not specify both ipBlock and another peer");
        }
    }

    private static void block(Spot block) {
        Spot cidr = block.at("cidr");
        if (!cidr.needed()) {
            return;
        }
        AddressRules.cidr(cidr);
        block.items("except").forEach(AddressRules::cidr);
    }
}
