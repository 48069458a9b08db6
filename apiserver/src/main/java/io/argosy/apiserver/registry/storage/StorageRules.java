package io.argosy.apiserver.registry.storage;

import io.argosy.apimodel.meta.Names;
import io.argosy.apimodel.tree.StringValue;
import io.argosy.apiserver.registry.check.Rules;
import io.argosy.apiserver.registry.check.Spot;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The rules of storage classes and of drivers. */
public final class StorageRules {

    public static final Rules CLASSES = Rules.of(StorageRules::kind).onUpdate((kind, old) -> {
        for (String field : List.of("parameters", "provisioner", "reclaimPolicy")) {
            if (!kind.at(field).same(old.at(field))) {
                kind.at(field).forbidden("updates to " + field + " are forbidden.");
            }
        }
        kind.at("volumeBindingMode").immutable(old.at("volumeBindingMode"));
    });

    public static final Rules DRIVERS = Rules.of(driver -> driver(driver.at("spec")));

    private static final long SHORTEST_TOKEN = 600;
    private static final long LONGEST_TOKEN = 1L << 32;

    private StorageRules() {}

    private static void kind(Spot kind) {
        Spot provisioner = kind.at("provisioner");
        if (provisioner.needed()) {
            String lower = provisioner.text().toLowerCase(Locale.ROOT);
            Names.qualifiedName(lower).forEach(why -> provisioner.invalid(new StringValue(lower), why));
        }
        kind.at("parameters").entries().forEach(entry -> {
            if (entry.key().isEmpty()) {
                kind.at("parameters").invalid(new StringValue(""), "field can not be empty.");
            }
        });
        kind.at("reclaimPolicy").oneOf("Delete", "Retain");
        Spot mode = kind.at("volumeBindingMode");
        if (mode.present()) {
            mode.word("Immediate", "WaitForFirstConsumer");
        } else {
            mode.required("");
        }
        topologies(kind.at("allowedTopologies"));
    }

    private static void topologies(Spot topologies) {
        Set<String> seen = new HashSet<>();
        for (Spot term : topologies.items()) {
            Spot expressions = term.at("matchLabelExpressions");
            Set<String> keys = new HashSet<>();
            StringBuilder whole = new StringBuilder();
            for (Spot expression : expressions.items()) {
                values(expression.at("values"));
                Spot key = expression.at("key");
                Names.qualifiedName(key.text()).forEach(why -> key.invalid(new StringValue(key.text()), why));
                key.unique(keys);
                whole.append(key.text())
                        .append('=')
                        .append(expression.at("values").strings().stream()
                                .sorted()
                                .toList());
            }
            if (expressions.empty() || !seen.add(whole.toString())) {
                expressions.add(
                        io.argosy.apimodel.status.FieldError.duplicate(expressions.path(), new StringValue("")));
            }
        }
    }

    private static void values(Spot values) {
        if (values.empty()) {
            values.required("");
        }
        Set<String> seen = new HashSet<>();
        values.items().forEach(value -> value.unique(seen));
    }

    private static void driver(Spot spec) {
        spec.at("fsGroupPolicy").word("File", "None", "ReadWriteOnceWithFSType");
        Set<String> audiences = new HashSet<>();
        for (Spot token : spec.items("tokenRequests")) {
            token.at("audience").unique(audiences);
            Spot seconds = token.at("expirationSeconds");
            if (seconds.present() && seconds.number() < SHORTEST_TOKEN) {
                seconds.invalid("may not specify a duration less than 10 minutes");
            }
            if (seconds.number() > LONGEST_TOKEN) {
                seconds.invalid("may not specify a duration larger than 2^32 seconds");
            }
        }
        Spot modes = spec.at("volumeLifecycleModes");
        modes.items().forEach(mode -> mode.named(modes.path()).word("Persistent", "Ephemeral"));
    }
}
