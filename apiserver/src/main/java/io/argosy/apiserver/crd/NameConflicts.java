package io.argosy.apiserver.crd;

import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Gives a definition the names it asks for as far as nobody else in its group has them. */
final class NameConflicts {

    private final List<ObjectValue> others;
    private final Set<String> builtIn;

    NameConflicts(List<ObjectValue> others, Set<String> builtIn) {
        this.others = others;
        this.builtIn = builtIn;
    }

    /** The definition with its accepted names and conditions. */
    ObjectValue judge(ObjectValue crd, String now) {
        String group = crd.string("spec", "group").orElse("");
        Set<String> resources = new HashSet<>(builtIn);
        Set<String> kinds = new HashSet<>(builtIn);
        for (ObjectValue other : others) {
            if (other.string("spec", "group").orElse("").equals(group)) {
                ObjectValue accepted = other.object("status", "acceptedNames").orElseGet(ObjectValue::new);
                accepted.string("plural").ifPresent(resources::add);
                accepted.string("singular").ifPresent(resources::add);
                accepted.array("shortNames").stream()
                        .flatMap(ArrayValue::strings)
                        .forEach(resources::add);
                accepted.string("kind").ifPresent(kinds::add);
                accepted.string("listKind").ifPresent(kinds::add);
            }
        }
        ObjectValue asked = crd.object("spec", "names").orElseGet(ObjectValue::new);
        Optional<Conflict> conflict = conflict(asked, resources, kinds);
        if (conflict.isEmpty()) {
            crd.objectOrNew("status").put("acceptedNames", asked.copy());
            Conditions.put(crd, "NamesAccepted", "True", "NoConflicts", "no conflicts found", now);
        } else {
            Conditions.put(
                    crd,
                    "NamesAccepted",
                    "False",
                    conflict.get().reason(),
                    conflict.get().message(),
                    now);
        }
        establish(crd, conflict.isEmpty(), now);
        return crd;
    }

    private record Conflict(String reason, String message) {}

    private static Optional<Conflict> conflict(ObjectValue asked, Set<String> resources, Set<String> kinds) {
        for (String field : List.of("plural", "singular")) {
            String name = asked.string(field).orElse("");
            if (!name.isEmpty() && resources.contains(name)) {
                String reason = field.equals("plural") ? "PluralConflict" : "SingularConflict";
                return Optional.of(new Conflict(reason, "\"" + name + "\" is already in use"));
            }
        }
        for (String name :
                asked.array("shortNames").stream().flatMap(ArrayValue::strings).toList()) {
            if (resources.contains(name)) {
                return Optional.of(new Conflict("ShortNamesConflict", "\"" + name + "\" is already in use"));
            }
        }
        for (String field : List.of("kind", "listKind")) {
            String name = asked.string(field).orElse("");
            if (!name.isEmpty() && kinds.contains(name)) {
                String reason = field.equals("kind") ? "KindConflict" : "ListKindConflict";
                return Optional.of(new Conflict(reason, "\"" + name + "\" is already in use"));
            }
        }
        return Optional.empty();
    }

    /** Once established, a definition stays so. */
    private static void establish(ObjectValue crd, boolean accepted, String now) {
        if (Conditions.isTrue(crd, "Established")) {
            return;
        }
        if (accepted) {
            Conditions.put(
                    crd, "Established", "True", "InitialNamesAccepted", "the initial names have been accepted", now);
        } else {
            Conditions.put(crd, "Established", "False", "NotAccepted", "not all names are accepted", now);
        }
    }
}
