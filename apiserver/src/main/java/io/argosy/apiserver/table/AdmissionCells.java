package io.argosy.apiserver.table;

import io.argosy.apimodel.meta.LabelSelector;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.Map;

/** Admission policies and their bindings. */
final class AdmissionCells {

    private static final String UNSET = "<unset>";

    private AdmissionCells() {}

    static Map<String, CellFunction> functions() {
        return Map.of(
                "policy.paramKind", CellFunction.text(AdmissionCells::paramKind),
                "policy.paramRef", CellFunction.text(AdmissionCells::paramRef));
    }

    private static String paramKind(ObjectValue policy) {
        return policy.object("spec", "paramKind")
                .map(kind -> kind.string("apiVersion").orElse("") + "/"
                        + kind.string("kind").orElse(""))
                .orElse(UNSET);
    }

    private static String paramRef(ObjectValue binding) {
        return binding.object("spec", "paramRef").map(AdmissionCells::reference).orElse(UNSET);
    }

    private static String reference(ObjectValue reference) {
        String name = reference.string("name").orElse("");
        if (!name.isEmpty()) {
            String namespace = reference.string("namespace").orElse("");
            return (namespace.isEmpty() ? "*" : namespace) + "/" + name;
        }
        return reference
                .object("selector")
                .map(selector -> LabelSelector.of(selector).toString())
                .orElse(UNSET);
    }
}
