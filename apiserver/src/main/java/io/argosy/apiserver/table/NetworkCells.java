package io.argosy.apiserver.table;

import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Ingresses and their classes, addresses, and the subjects of role bindings. */
final class NetworkCells {

    private static final String NONE = "<none>";
    private static final String DEFAULT_MARK = "ingressclass.kubernetes.io/is-default-class";

    private NetworkCells() {}

    static Map<String, CellFunction> functions() {
        return Map.of(
                "ingress.hosts", CellFunction.text(NetworkCells::hosts),
                "ingress.address", CellFunction.text(ingress -> String.join(",", ServiceCells.balancers(ingress))),
                "ingress.ports", CellFunction.text(NetworkCells::ports),
                "ingressClass.name", CellFunction.text(NetworkCells::className),
                "ingressClass.parameters", CellFunction.text(NetworkCells::parameters),
                "address.parent", CellFunction.text(NetworkCells::parent),
                "subjects", NetworkCells::subjects);
    }

    private static String hosts(ObjectValue ingress) {
        List<ObjectValue> rules = ingress.array("spec", "rules").stream()
                .flatMap(ArrayValue::objects)
                .toList();
        List<String> hosts = rules.stream()
                .map(rule -> rule.string("host").orElse(""))
                .filter(host -> !host.isEmpty())
                .toList();
        if (hosts.isEmpty()) {
            return "*";
        }
        String shown = hosts.stream().limit(Shortened.ITEMS).collect(Collectors.joining(","));
        boolean more = rules.size() > indexOfLastShown(rules) + 1 && hosts.size() >= Shortened.ITEMS;
        return more ? shown + " + " + (rules.size() - Shortened.ITEMS) + " more..." : shown;
    }

    /** Where the third rule with a host stands; rules after it are not shown. */
    private static int indexOfLastShown(List<ObjectValue> rules) {
        int hosts = 0;
        for (int i = 0; i < rules.size(); i++) {
            hosts += rules.get(i).string("host").orElse("").isEmpty() ? 0 : 1;
            if (hosts == Shortened.ITEMS) {
                return i;
            }
        }
        return rules.size();
    }

    private static String ports(ObjectValue ingress) {
        boolean secure =
                ingress.array("spec", "tls").filter(tls -> !tls.isEmpty()).isPresent();
        return secure ? "80, 443" : "80";
    }

    private static String className(ObjectValue ingressClass) {
        String name = ingressClass.string("metadata", "name").orElse("");
        boolean isDefault = ingressClass
                .string("metadata", "annotations", DEFAULT_MARK)
                .orElse("")
                .equals("true");
        return isDefault ? name + " (default)" : name;
    }

    private static String parameters(ObjectValue ingressClass) {
        return ingressClass
                .object("spec", "parameters")
                .map(parameters -> parameters.string("kind").orElse("")
                        + parameters
                                .string("apiGroup")
                                .map(group -> "." + group)
                                .orElse("")
                        + "/"
                        + parameters.string("name").orElse(""))
                .orElse(NONE);
    }

    private static String parent(ObjectValue address) {
        return address.object("spec", "parentRef")
                .map(parent -> {
                    String group = parent.string("group").orElse("");
                    String resource = parent.string("resource").orElse("") + (group.isEmpty() ? "" : "." + group);
                    String namespace = parent.string("namespace").orElse("");
                    return resource.toLowerCase(Locale.ROOT)
                            + (namespace.isEmpty() ? "" : "/" + namespace)
                            + "/"
                            + parent.string("name").orElse("");
                })
                .orElse(NONE);
    }

    /** The subjects of the kind that is the argument. */
    private static Cell subjects(List<String> arguments) {
        String kind = arguments.getFirst();
        return (binding, _) -> Value.of(binding.array("subjects").stream()
                .flatMap(ArrayValue::objects)
                .filter(subject -> subject.string("kind").orElse("").equals(kind))
                .map(subject -> (kind.equals("ServiceAccount")
                                ? subject.string("namespace").orElse("") + "/"
                                : "")
                        + subject.string("name").orElse(""))
                .collect(Collectors.joining(", ")));
    }
}
