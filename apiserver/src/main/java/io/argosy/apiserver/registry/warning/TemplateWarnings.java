package io.argosy.apiserver.registry.warning;

import io.argosy.apimodel.meta.Names;
import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.status.FieldPath;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.registry.lifecycle.Validation;
import java.util.ArrayList;
import java.util.List;

/**
 * The rules of a kind that has a template of pods, and what clients are warned of in the template.
 *
 * @param named whether the names of pods are made of the object's name
 */
record TemplateWarnings(Validation rules, List<String> path, boolean named) implements Validation {

    TemplateWarnings {
        path = List.copyOf(path);
    }

    @Override
    public List<FieldError> errors(ObjectValue object) {
        return rules.errors(object);
    }

    @Override
    public List<FieldError> errors(ObjectValue object, ObjectValue old) {
        return rules.errors(object, old);
    }

    @Override
    public List<FieldError> statusErrors(ObjectValue object, ObjectValue old) {
        return rules.statusErrors(object, old);
    }

    @Override
    public List<String> warnings(ObjectValue object) {
        List<String> warnings = new ArrayList<>();
        String name = object.string("metadata", "name").orElse("");
        List<String> wrong = Names.dns1123Label(name);
        if (named && !name.isEmpty() && !wrong.isEmpty()) {
            warnings.add("metadata.name: this is used in Pod names and hostnames, which can result in surprising"
                    + " behavior; a DNS label is recommended: [" + String.join(" ", wrong) + "]");
        }
        warnings.addAll(warningsOnUpdate(object));
        return warnings;
    }

    @Override
    public List<String> warningsOnUpdate(ObjectValue object) {
        FieldPath root = FieldPath.ROOT;
        for (String part : path) {
            root = root.child(part);
        }
        FieldPath where = root;
        return object.object(path.toArray(String[]::new))
                .map(template -> PodWarnings.ofTemplate(where, template))
                .orElse(List.of());
    }
}
