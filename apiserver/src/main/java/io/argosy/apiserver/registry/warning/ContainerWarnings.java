package io.argosy.apiserver.registry.warning;

import io.argosy.apimodel.quantity.Quantity;
import io.argosy.apimodel.status.FieldPath;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What clients are warned of in the containers of a pod: amounts, variables and ports. */
final class ContainerWarnings {

    private static final List<String> LISTS = List.of("initContainers", "containers", "ephemeralContainers");

    private final List<String> warnings;
    private final Map<String, List<Port>> ports = new HashMap<>();
    private final Map<String, FieldPath> portNames = new HashMap<>();

    private record Port(FieldPath path, String hostIp, long hostPort) {}

    private record Located(FieldPath path, ObjectValue container) {}

    private ContainerWarnings(List<String> warnings) {
        this.warnings = warnings;
    }

    static List<ObjectValue> containers(ObjectValue spec) {
        return located(FieldPath.ROOT, spec).stream().map(Located::container).toList();
    }

    private static List<Located> located(FieldPath path, ObjectValue spec) {
        List<Located> all = new ArrayList<>();
        for (String list : LISTS) {
            List<ObjectValue> containers =
                    spec.array(list).stream().flatMap(ArrayValue::objects).toList();
            for (int i = 0; i < containers.size(); i++) {
                all.add(new Located(path.child(list).index(i), containers.get(i)));
            }
        }
        return all;
    }

    /** @param path of the pod's spec */
    static void add(List<String> warnings, FieldPath path, ObjectValue spec) {
        ContainerWarnings found = new ContainerWarnings(warnings);
        List<Located> all = located(path, spec);
        for (Located located : all) {
            for (String amount : List.of("memory", "ephemeral-storage")) {
                for (String list : List.of("limits", "requests")) {
                    found.fraction(located, list, amount);
                }
            }
            found.variables(located);
        }
        all.forEach(found::ports);
        all.forEach(found::portNames);
    }

    private void fraction(Located located, String list, String amount) {
        Optional<Quantity> value =
                located.container().string("resources", list, amount).flatMap(Quantity::tryParse);
        if (value.isPresent() && value.get().milliValue() % 1000 != 0) {
            warnings.add(located.path().child("resources").child(list).key(amount) + ": fractional byte value \""
                    + value.get() + "\" is invalid, must be an integer");
        }
    }

    /** A variable may be given again by what it was before; else the first is of no use. */
    private void variables(Located located) {
        Set<String> seen = new HashSet<>();
        List<ObjectValue> variables = located.container().array("env").stream()
                .flatMap(ArrayValue::objects)
                .toList();
        for (int i = 0; i < variables.size(); i++) {
            String name = variables.get(i).string("name").orElse("");
            if (seen.add(name)) {
                continue;
            }
            String value = variables.get(i).string("value").orElse("");
            String before = "$(" + name + ")";
            if (variables.get(i).has("valueFrom") || value.equals(before) || !value.contains(before)) {
                warnings.add(located.path().child("env").index(i) + ": hides previous definition of \"" + name
                        + "\", which may be dropped when using apply");
            }
        }
    }

    private static List<ObjectValue> portsOf(Located located) {
        return located.container().array("ports").stream()
                .flatMap(ArrayValue::objects)
                .toList();
    }

    private void ports(Located located) {
        List<ObjectValue> own = portsOf(located);
        for (int i = 0; i < own.size(); i++) {
            ObjectValue port = own.get(i);
            Port one = new Port(
                    located.path().child("ports").index(i),
                    port.string("hostIP").orElse(""),
                    port.integer("hostPort").orElse(0L));
            if (!one.hostIp().isEmpty() && one.hostPort() == 0) {
                warnings.add(one.path() + ": hostIP set without hostPort: {Name:"
                        + port.string("name").orElse("")
                        + " HostPort:0 ContainerPort:"
                        + port.integer("containerPort").orElse(0L) + " Protocol:"
                        + port.string("protocol").orElse("") + " HostIP:" + one.hostIp() + "}");
            }
            String key = port.integer("containerPort").orElse(0L) + "/"
                    + port.string("protocol").orElse("");
            List<Port> others = ports.computeIfAbsent(key, _ -> new ArrayList<>());
            others.forEach(other ->
                    conflict(one, other).ifPresent(why -> warnings.add(one.path() + ": " + why + " " + other.path())));
            others.add(one);
        }
    }

    private static Optional<String> conflict(Port one, Port other) {
        if (one.hostIp().equals(other.hostIp()) && one.hostPort() == other.hostPort()) {
            return Optional.of("duplicate port definition with");
        }
        if (one.hostPort() == 0 || other.hostPort() == 0) {
            return Optional.of("overlapping port definition with");
        }
        boolean oneAnywhere = one.hostIp().isEmpty() != other.hostIp().isEmpty();
        return one.hostPort() == other.hostPort() && oneAnywhere
                ? Optional.of("dangerously ambiguous port definition with")
                : Optional.empty();
    }

    private void portNames(Located located) {
        List<ObjectValue> own = portsOf(located);
        for (int i = 0; i < own.size(); i++) {
            String name = own.get(i).string("name").orElse("");
            FieldPath path = located.path().child("ports").index(i);
            FieldPath other = name.isEmpty() ? null : portNames.putIfAbsent(name, path);
            if (other != null) {
                warnings.add(path + ": duplicate port name \"" + name + "\" with " + other
                        + ", services and probes that select ports by name will use " + other);
            }
        }
    }
}
