package io.argosy.apiserver.registry.node;

import com.google.re2j.Pattern;
import io.argosy.apimodel.meta.Names;
import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.status.FieldPath;
import io.argosy.apimodel.tree.NullValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.registry.check.Rules;
import io.argosy.apiserver.registry.check.Spot;
import io.argosy.apiserver.registry.core.AddressRules;
import io.argosy.apiserver.registry.core.PlacementRules;
import io.argosy.apiserver.registry.core.ResourceRules;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The rules of nodes. */
public final class NodeRules {

    public static final Rules NODES = Rules.of(NodeRules::node)
            .onUpdate(NodeRules::update)
            .onStatus((node, old) -> {
                amounts(node);
                addresses(node);
            });

    private static final FieldPath TAINTS = FieldPath.of("metadata", "taints");

    private static final Pattern FEATURE =
            Pattern.compile("^([A-Z][a-zA-Z0-9]*|[A-Z][a-zA-Z0-9]*(/[a-z][a-zA-Z0-9]*)+)$");

    private NodeRules() {}

    private static void node(Spot node) {
        taints(node.at("spec", "taints").named(TAINTS));
        amounts(node);
        features(node.at("status", "declaredFeatures"));
        ranges(node.at("spec", "podCIDRs"));
    }

    private static void taints(Spot taints) {
        Set<String> seen = new HashSet<>();
        for (Spot taint : taints.items()) {
            Spot key = taint.at("key");
            Names.qualifiedName(key.text()).forEach(why -> key.invalid(Value.of(key.text()), why));
            List<String> wrong = Names.labelValue(taint.text("value"));
            if (!wrong.isEmpty()) {
                taint.at("value").invalid(String.join(";", wrong));
            }
            PlacementRules.taintEffect(taint.at("effect"));
            if (!seen.add(taint.text("effect") + " " + key.text())) {
                taint.add(FieldError.duplicate(
                        taint.path(), shown(taint), "taints must be unique by key and effect pair"));
            }
        }
    }

    /** A taint as messages tell it. */
    private static ObjectValue shown(Spot taint) {
        return new ObjectValue()
                .put("Key", taint.text("key"))
                .put("Value", taint.text("value"))
                .put("Effect", taint.text("effect"))
                .put("TimeAdded", taint.at("timeAdded").value().orElse(NullValue.NULL));
    }

    private static void amounts(Spot node) {
        for (String list : List.of("capacity", "allocatable")) {
            Spot amounts = node.at("status", list);
            for (Spot.Entry amount : amounts.entries()) {
                ResourceRules.value(
                        amount.key(), amount.spot().named(amounts.path().child(amount.key())));
            }
        }
    }

    private static void features(Spot features) {
        for (Spot feature : features.items()) {
            if (!FEATURE.matches(feature.text())) {
                feature.invalid("invalid feature name \"" + feature.text()
                        + "\": must start with an UpperCamelCase segment, with subsequent segments separated by '/'"
                        + " (e.g., MyFeature or MyFeature/mySubFeature), and contain only alphanumeric characters");
            }
        }
    }

    private static void ranges(Spot ranges) {
        ranges.items().forEach(AddressRules::cidr);
        List<Spot> all = ranges.items();
        boolean pair = all.size() == 2
                && all.get(0).text().contains(":") != all.get(1).text().contains(":");
        if (all.size() > 1 && !pair) {
            ranges.invalid("may specify no more than one CIDR for each IP family");
        }
    }

    private static void update(Spot node, Spot old) {
        addresses(node);
        Spot spec = node.at("spec");
        Spot before = old.at("spec");
        if (!before.at("podCIDRs").empty() && !spec.at("podCIDRs").same(before.at("podCIDRs"))) {
            spec.at("podCIDRs").forbidden("node updates may not change podCIDR except from \"\" to valid");
        }
        if (!before.at("providerID").empty() && !spec.text("providerID").equals(before.text("providerID"))) {
            spec.at("providerID").forbidden("node updates may not change providerID except from \"\" to valid");
        }
        source(spec.at("configSource"));
        if (!spec.text("externalID").equals(before.text("externalID"))) {
            spec.at("externalID").forbidden("may not be updated");
        }
    }

    private static void addresses(Spot node) {
        Set<String> seen = new HashSet<>();
        for (Spot address : node.at("status", "addresses").items()) {
            if (!seen.add(address.text("type") + " " + address.text("address"))) {
                address.add(FieldError.duplicate(
                        address.path(),
                        new ObjectValue().put("Type", address.text("type")).put("Address", address.text("address")),
                        ""));
            }
        }
    }

    private static void source(Spot source) {
        if (!source.present()) {
            return;
        }
        Spot map = source.at("configMap");
        if (!map.present()) {
            source.invalid("exactly one reference subfield must be non-nil");
            return;
        }
        for (String field : List.of("uid", "resourceVersion")) {
            if (!map.at(field).empty()) {
                map.at(field).forbidden(field + " must not be set in spec");
            }
        }
        Spot key = map.at("kubeletConfigKey");
        if (key.empty()) {
            key.required("kubeletConfigKey must be set");
        }
        key.obeys(Names::configMapKey);
        map.at("name").name(Names::dns1123Subdomain);
        map.at("namespace").name(Names::dns1123Label);
    }
}
