package io.argosy.apiserver.registry.storage;

import io.argosy.apimodel.meta.Names;
import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.status.FieldPath;
import io.argosy.apimodel.tree.StringValue;
import io.argosy.apiserver.registry.check.Rules;
import io.argosy.apiserver.registry.check.Selectors;
import io.argosy.apiserver.registry.check.Spot;
import io.argosy.apiserver.registry.volume.DriverNames;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The rules of storage classes and of drivers. */
public final class StorageRules {

    public static final Rules CLASSES = Rules.of(StorageRules::kind).onUpdate((kind, old) -> {
        for (String field : List.of("parameters", "provisioner", "reclaimPolicy", "volumeBindingMode")) {
            kind.at(field).immutable(old.at(field));
        }
    });

    public static final Rules DRIVERS = Rules.of(driver -> driver(driver.at("spec")))
            .onUpdate((driver, old) -> {
                Spot attach = driver.at("spec", "attachRequired");
                attach.named(FieldPath.of("spec", "attachedRequired")).immutable(old.at("spec", "attachRequired"));
                driver.at("spec", "volumeLifecycleModes").immutable(old.at("spec", "volumeLifecycleModes"));
            });

    public static final Rules CAPACITIES = Rules.of(StorageRules::capacity).onUpdate((capacity, old) -> {
        capacity.at("nodeTopology").immutable(old.at("nodeTopology"));
        capacity.at("storageClassName").immutable(old.at("storageClassName"));
    });

    public static final Rules ATTRIBUTES_CLASSES = Rules.of(kind -> {
                DriverNames.check(kind.at("driverName"));
                parameters(kind.at("parameters"));
                if (kind.at("parameters").empty()) {
                    kind.at("parameters").required("must contain at least one key/value pair");
                }
            })
            .onUpdate((kind, old) -> {
                kind.at("driverName").immutable(old.at("driverName"));
                kind.at("parameters").immutable(old.at("parameters"));
            });

    private static final int MOST_PARAMETERS = 512;
    private static final int PARAMETER_BYTES = 256 << 10;
    private static final long SHORTEST_PERIOD = 10;
    private static final long SHORTEST_TOKEN = 600;
    private static final long LONGEST_TOKEN = 1L << 32;

    private StorageRules() {}

    private static void kind(Spot kind) {
        Spot provisioner = kind.at("provisioner");
        if (provisioner.needed()) {
            String lower = provisioner.text().toLowerCase(Locale.ROOT);
            Names.qualifiedName(lower).forEach(why -> provisioner.invalid(new StringValue(lower), why));
        }
        parameters(kind.at("parameters"));
        kind.at("reclaimPolicy").oneOf("Delete", "Retain");
        Spot mode = kind.at("volumeBindingMode");
        if (mode.present()) {
            mode.word("Immediate", "WaitForFirstConsumer");
        } else {
            mode.required("");
        }
        topologies(kind.at("allowedTopologies"));
    }

    private static void parameters(Spot parameters) {
        long bytes = 0;
        if (parameters.entries().size() > MOST_PARAMETERS) {
            parameters.tooLong(MOST_PARAMETERS);
            return;
        }
        for (Spot.Entry entry : parameters.entries()) {
            if (entry.key().isEmpty()) {
                parameters.invalid(new StringValue(""), "field can not be empty.");
            }
            bytes += entry.key().getBytes(StandardCharsets.UTF_8).length;
            bytes += entry.spot().text().getBytes(StandardCharsets.UTF_8).length;
        }
        if (bytes > PARAMETER_BYTES) {
            parameters.tooLong(PARAMETER_BYTES);
        }
    }

    private static void capacity(Spot capacity) {
        Selectors.check(capacity.at("nodeTopology"));
        Spot kind = capacity.at("storageClassName");
        Names.dns1123Subdomain(kind.text()).forEach(why -> kind.invalid(new StringValue(kind.text()), why));
        capacity.at("capacity").notNegativeQuantity();
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
                expressions.add(FieldError.duplicate(expressions.path(), new StringValue("")));
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
        Spot period = spec.at("nodeAllocatableUpdatePeriodSeconds");
        if (period.present() && period.number() < SHORTEST_PERIOD) {
            period.invalid("must be greater than or equal to " + SHORTEST_PERIOD + " seconds");
        }
        Spot inSecrets = spec.at("serviceAccountTokenInSecrets");
        if (inSecrets.present() && spec.at("tokenRequests").empty()) {
            inSecrets.invalid("serviceAccountTokenInSecrets is set but no tokenRequests are specified");
        }
    }
}
