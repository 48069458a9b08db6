package io.argosy.apiserver.registry.namespace;

import io.argosy.apimodel.meta.Names;
import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.status.FieldPath;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.registry.Strategy;
import io.argosy.apiserver.registry.StrategyContext;
import io.argosy.apiserver.registry.lifecycle.Trees;
import java.util.ArrayList;
import java.util.List;

/** Writes to namespaces and to their subresources {@code status} and {@code finalize}. */
public final class NamespaceStrategy implements Strategy {

    /** The parts of a namespace that are written apart. */
    public enum Part {
        WHOLE,
        STATUS,
        FINALIZE
    }

    private static final String FINALIZER = "kubernetes";
    private static final String NAME_LABEL = "kubernetes.io/metadata.name";

    private final Part part;

    public NamespaceStrategy(Part part) {
        this.part = part;
    }

    @Override
    public void prepareForCreate(StrategyContext context, ObjectValue namespace) {
        namespace.put("status", new ObjectValue().put("phase", "Active"));
        ArrayValue finalizers = namespace.objectOrNew("spec").arrayOrNew("finalizers");
        if (finalizers.strings().noneMatch(FINALIZER::equals)) {
            finalizers.add(Value.of(FINALIZER));
        }
    }

    @Override
    public void canonicalize(ObjectValue namespace) {
        namespace
                .string("metadata", "name")
                .ifPresent(name ->
                        namespace.objectOrNew("metadata").objectOrNew("labels").put(NAME_LABEL, name));
    }

    @Override
    public void prepareForUpdate(StrategyContext context, ObjectValue namespace, ObjectValue old) {
        switch (part) {
            case WHOLE -> {
                Trees.keep(namespace, old, "spec");
                Trees.keep(namespace, old, "status");
            }
            case STATUS -> Trees.keep(namespace, old, "spec");
            case FINALIZE -> Trees.keep(namespace, old, "status");
        }
    }

    @Override
    public void prepareForDelete(StrategyContext context, ObjectValue namespace) {
        namespace.objectOrNew("status").put("phase", "Terminating");
    }

    @Override
    public boolean mayVanish(ObjectValue namespace) {
        return namespace.array("spec", "finalizers").map(ArrayValue::isEmpty).orElse(true);
    }

    @Override
    public List<FieldError> validate(StrategyContext context, ObjectValue namespace) {
        return finalizerErrors(namespace);
    }

    @Override
    public List<FieldError> validateUpdate(StrategyContext context, ObjectValue namespace, ObjectValue old) {
        if (part == Part.STATUS) {
            return phaseErrors(namespace);
        }
        return finalizerErrors(namespace);
    }

    private static List<FieldError> phaseErrors(ObjectValue namespace) {
        String phase = namespace.string("status", "phase").orElse("");
        boolean leaving = namespace.string("metadata", "deletionTimestamp").isPresent();
        FieldPath path = FieldPath.of("status", "Phase");
        if (!leaving && !phase.equals("Active")) {
            return List.of(FieldError.invalid(path, phase, "may only be 'Active' if `deletionTimestamp` is empty"));
        }
        if (leaving && !phase.equals("Terminating")) {
            return List.of(
                    FieldError.invalid(path, phase, "may only be 'Terminating' if `deletionTimestamp` is not empty"));
        }
        return List.of();
    }

    private static List<FieldError> finalizerErrors(ObjectValue namespace) {
        List<FieldError> errors = new ArrayList<>();
        List<String> finalizers = namespace
                .array("spec", "finalizers")
                .map(array -> array.strings().toList())
                .orElse(List.of());
        FieldPath path = FieldPath.of("spec", "finalizers");
        for (String finalizer : finalizers) {
            Names.qualifiedName(finalizer).forEach(wrong -> errors.add(FieldError.invalid(path, finalizer, wrong)));
            if (finalizer.indexOf('/') < 0 && !finalizer.equals(FINALIZER)) {
                errors.add(FieldError.invalid(
                        path, finalizer, "name is neither a standard finalizer name nor is it fully qualified"));
            }
        }
        return errors;
    }

    @Override
    public NameRule nameRule() {
        return NameRule.DNS_LABEL;
    }

    @Override
    public List<String> resetFields() {
        return part == Part.STATUS ? List.of("spec") : List.of("status");
    }
}
