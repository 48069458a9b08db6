package io.argosy.apiserver.crd;

import io.argosy.apimodel.meta.Names;
import io.argosy.apimodel.schema.structural.StructuralSchema;
import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.status.FieldPath;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.crd.rules.RuleDeclarations;
import io.argosy.apiserver.registry.lifecycle.Trees;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The rules of CustomResourceDefinitions. What this server does not do is refused here. */
final class DefinitionValidation {

    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final String APPROVAL = "api-approved.kubernetes.io";

    private final List<FieldError> errors = new ArrayList<>();

    private DefinitionValidation() {}

    static List<FieldError> errors(ObjectValue crd) {
        DefinitionValidation validation = new DefinitionValidation();
        validation.checkName(crd);
        validation.checkSpec(crd);
        validation.checkApproval(crd);
        return validation.errors;
    }

    static List<FieldError> errors(ObjectValue crd, ObjectValue old) {
        List<FieldError> errors = new ArrayList<>(errors(crd));
        boolean established = Conditions.isTrue(old, "Established");
        if (established) {
            for (String[] field : List.of(new String[] {"scope"}, new String[] {"names", "kind"})) {
                immutable(crd, old, errors, field);
            }
        }
        immutable(crd, old, errors, "group");
        immutable(crd, old, errors, "names", "plural");
        checkStored(crd, errors);
        return errors;
    }

    private static void immutable(ObjectValue crd, ObjectValue old, List<FieldError> errors, String... field) {
        ObjectValue spec = crd.object("spec").orElseGet(ObjectValue::new);
        ObjectValue oldSpec = old.object("spec").orElseGet(ObjectValue::new);
        if (!Trees.same(spec.at(field), oldSpec.at(field))) {
            FieldPath path = SPEC;
            for (String name : field) {
                path = path.child(name);
            }
            errors.add(FieldError.invalid(path, spec.at(field).orElse(Value.of("")), "field is immutable"));
        }
    }

    /** Versions in which objects are stored must stay known. */
    private static void checkStored(ObjectValue crd, List<FieldError> errors) {
        List<String> versions = crd.array("spec", "versions").stream()
                .flatMap(ArrayValue::objects)
                .flatMap(version -> version.string("name").stream())
                .toList();
        List<String> stored = crd.array("status", "storedVersions")
                .map(array -> array.strings().toList())
                .orElse(List.of());
        for (int i = 0; i < stored.size(); i++) {
            if (!versions.contains(stored.get(i))) {
                errors.add(FieldError.invalid(
                        FieldPath.of("status", "storedVersions").index(i),
                        stored.get(i),
                        "missing from spec.versions; " + stored.get(i)
                                + " was previously a storage version, and must remain in spec.versions until a storage"
                                + " migration ensures no data remains persisted in " + stored.get(i)
                                + " and removes " + stored.get(i) + " from status.storedVersions"));
            }
        }
    }

    private void checkName(ObjectValue crd) {
        String name = crd.string("metadata", "name").orElse("");
        String wanted = crd.string("spec", "names", "plural").orElse("") + "."
                + crd.string("spec", "group").orElse("");
        if (!name.equals(wanted)) {
            errors.add(FieldError.invalid(
                    FieldPath.of("metadata", "name"), name, "must be spec.names.plural+\".\"+spec.group"));
        }
    }

    private void checkApproval(ObjectValue crd) {
        String group = crd.string("spec", "group").orElse("");
        boolean community = group.equals("k8s.io")
                || group.equals("kubernetes.io")
                || group.endsWith(".k8s.io")
                || group.endsWith(".kubernetes.io");
        if (!community) {
            return;
        }
        FieldPath path = FieldPath.of("metadata", "annotations").key(APPROVAL);
        String approval = crd.string("metadata", "annotations", APPROVAL).orElse("");
        if (approval.isEmpty()) {
            errors.add(FieldError.required(
                    path,
                    "protected groups must have approval annotation \"" + APPROVAL
                            + "\", see https://github.com/kubernetes/enhancements/pull/1111"));
        } else if (!approval.startsWith("unapproved")
                && !approval.startsWith("https://")
                && !approval.startsWith("http://")) {
            errors.add(FieldError.invalid(
                    path,
                    approval,
                    "protected groups must have approval annotation \"" + APPROVAL
                            + "\" with either a URL or a reason starting with \"unapproved\", see"
                            + " https://github.com/kubernetes/enhancements/pull/1111"));
        }
    }

    private void checkSpec(ObjectValue crd) {
        ObjectValue spec = crd.object("spec").orElseGet(ObjectValue::new);
        String group = spec.string("group").orElse("");
        if (group.isEmpty()) {
            errors.add(FieldError.required(SPEC.child("group"), ""));
        } else {
            Names.dns1123Subdomain(group)
                    .forEach(wrong -> errors.add(FieldError.invalid(SPEC.child("group"), group, wrong)));
            if (group.indexOf('.') < 0) {
                errors.add(FieldError.invalid(SPEC.child("group"), group, "should be a domain with at least one dot"));
            }
        }
        String scope = spec.string("scope").orElse("");
        if (scope.isEmpty()) {
            errors.add(FieldError.required(SPEC.child("scope"), ""));
        } else if (!Set.of("Cluster", "Namespaced").contains(scope)) {
            errors.add(FieldError.notSupported(SPEC.child("scope"), Value.of(scope), List.of("Cluster", "Namespaced")));
        }
        checkNames(spec.object("names").orElseGet(ObjectValue::new));
        checkVersions(spec);
        ConversionRules.check(crd, errors);
    }

    private void checkNames(ObjectValue names) {
        FieldPath path = SPEC.child("names");
        for (String field : List.of("plural", "singular", "kind", "listKind")) {
            String value = names.string(field).orElse("");
            if (value.isEmpty()) {
                errors.add(FieldError.required(path.child(field), ""));
                continue;
            }
            String checked = field.equals("kind") || field.equals("listKind") ? value.toLowerCase(Locale.ROOT) : value;
            Names.dns1035Label(checked)
                    .forEach(wrong -> errors.add(FieldError.invalid(path.child(field), value, wrong)));
        }
        if (names.string("kind").equals(names.string("listKind")) && names.has("kind")) {
            errors.add(FieldError.invalid(
                    path.child("listKind"),
                    names.string("listKind").orElse(""),
                    "kind and listKind may not be the same"));
        }
        for (String list : List.of("shortNames", "categories")) {
            List<String> values =
                    names.array(list).map(array -> array.strings().toList()).orElse(List.of());
            for (int i = 0; i < values.size(); i++) {
                FieldPath item = path.child(list).index(i);
                String value = values.get(i);
                Names.dns1035Label(value).forEach(wrong -> errors.add(FieldError.invalid(item, value, wrong)));
            }
        }
    }

    private void checkVersions(ObjectValue spec) {
        List<ObjectValue> versions =
                spec.array("versions").map(array -> array.objects().toList()).orElse(List.of());
        FieldPath path = SPEC.child("versions");
        long storages =
                versions.stream().filter(version -> version.isTrue("storage")).count();
        if (storages != 1) {
            errors.add(FieldError.invalid(
                    path,
                    spec.at("versions").orElseGet(ArrayValue::new),
                    "must have exactly one version marked as storage version"));
        }
        // A schema that all versions have is one, and messages name it so.
        boolean shared = !versions.isEmpty()
                && versions.getFirst().object("schema", "openAPIV3Schema").isPresent()
                && versions.stream()
                                .map(version -> version.at("schema"))
                                .distinct()
                                .count()
                        == 1;
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < versions.size(); i++) {
            FieldPath item = path.index(i);
            String name = versions.get(i).string("name").orElse("");
            Names.dns1035Label(name).forEach(wrong -> errors.add(FieldError.invalid(item.child("name"), name, wrong)));
            if (!seen.add(name)) {
                errors.add(FieldError.invalid(
                        path, spec.at("versions").orElseThrow(), "must contain unique version names"));
            }
            if (!shared) {
                checkSchema(versions.get(i), item.child("schema").child("openAPIV3Schema"));
            }
        }
        if (shared) {
            checkSchema(versions.getFirst(), SPEC.child("validation").child("openAPIV3Schema"));
        }
    }

    private void checkSchema(ObjectValue version, FieldPath path) {
        Optional<ObjectValue> schema = version.object("schema", "openAPIV3Schema");
        if (schema.isEmpty()) {
            errors.add(FieldError.required(path, "schemas are required"));
            return;
        }
        String type = schema.get().string("type").orElse("");
        if (type.isEmpty()) {
            errors.add(FieldError.required(path.child("type"), "must not be empty at the root"));
        } else if (!type.equals("object")) {
            errors.add(FieldError.invalid(path.child("type"), type, "must be object at the root"));
        }
        int before = errors.size();
        new SchemaRules(errors).check(schema.get(), path, true);
        if (errors.size() == before) {
            errors.addAll(RuleDeclarations.errors(StructuralSchema.load(schema.get()), path));
        }
    }
}
