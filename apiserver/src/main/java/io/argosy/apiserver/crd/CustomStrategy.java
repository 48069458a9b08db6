package io.argosy.apiserver.crd;

import io.argosy.apimodel.schema.ObjectSchema;
import io.argosy.apimodel.schema.structural.StructuralValidation;
import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.crd.rules.CustomRules;
import io.argosy.apiserver.registry.Strategy;
import io.argosy.apiserver.registry.StrategyContext;
import io.argosy.apiserver.registry.lifecycle.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Writes to a custom resource and to its status. */
final class CustomStrategy implements Strategy {

    private static final Set<String> UNCOUNTED = Set.of("metadata", "status");

    private final ObjectSchema schema;
    private final CustomRules rules;
    private final boolean hasStatus;
    private final boolean ofStatus;

    CustomStrategy(ObjectSchema schema, CustomRules rules, boolean hasStatus, boolean ofStatus) {
        this.schema = schema;
        this.rules = rules;
        this.hasStatus = hasStatus;
        this.ofStatus = ofStatus;
    }

    @Override
    public void prepareForCreate(StrategyContext context, ObjectValue object) {
        if (hasStatus) {
            object.remove("status");
        }
        object.objectOrNew("metadata").put("generation", 1);
    }

    @Override
    public void prepareForUpdate(StrategyContext context, ObjectValue object, ObjectValue old) {
        long generation = old.integer("metadata", "generation").orElse(0L);
        if (ofStatus) {
            keepAllBut(object, old);
        } else {
            if (hasStatus) {
                Trees.keep(object, old, "status");
            }
            if (!sameBut(object, old)) {
                generation++;
            }
        }
        object.objectOrNew("metadata").put("generation", generation);
    }

    /** A write of the status leaves the rest as it is; of the metadata, managed fields excepted. */
    private static void keepAllBut(ObjectValue object, ObjectValue old) {
        for (String name : List.copyOf(object.names())) {
            if (!UNCOUNTED.contains(name)) {
                Trees.keep(object, old, name);
            }
        }
        for (String name : old.names()) {
            if (!UNCOUNTED.contains(name)) {
                Trees.keep(object, old, name);
            }
        }
        ObjectValue managed = object.object("metadata").orElseGet(ObjectValue::new);
        String version = managed.string("resourceVersion").orElse("");
        ObjectValue metadata = old.object("metadata").map(ObjectValue::copy).orElseGet(ObjectValue::new);
        Trees.keep(metadata, managed, "managedFields");
        if (!version.isEmpty()) {
            metadata.put("resourceVersion", version);
        }
        object.put("metadata", metadata);
    }

    private boolean sameBut(ObjectValue object, ObjectValue old) {
        ObjectValue first = counted(object);
        ObjectValue second = counted(old);
        return first.equals(second);
    }

    private ObjectValue counted(ObjectValue object) {
        ObjectValue counted = new ObjectValue(object.fields());
        counted.remove("metadata");
        counted.remove("apiVersion");
        if (hasStatus) {
            counted.remove("status");
        }
        return counted;
    }

    @Override
    public List<FieldError> validate(StrategyContext context, ObjectValue object) {
        List<FieldError> errors = new ArrayList<>(StructuralValidation.validate(object, schema));
        errors.addAll(rules.errors(object, Optional.empty(), errors));
        return errors;
    }

    /** What was wrong before may stay as it was: a definition may have become stricter since. */
    @Override
    public List<FieldError> validateUpdate(StrategyContext context, ObjectValue object, ObjectValue old) {
        List<FieldError> errors = new ArrayList<>(StructuralValidation.validate(object, schema));
        if (!errors.isEmpty()) {
            errors.removeAll(StructuralValidation.validate(old, schema));
        }
        errors.addAll(rules.errors(object, Optional.of(old), errors));
        return errors;
    }

    @Override
    public List<String> resetFields() {
        if (ofStatus) {
            return List.of("spec", "metadata");
        }
        return hasStatus ? List.of("status") : List.of();
    }

    @Override
    public boolean unconditionalUpdates() {
        return false;
    }

    @Override
    public NameRule nameRule() {
        return NameRule.DNS_SUBDOMAIN;
    }
}
