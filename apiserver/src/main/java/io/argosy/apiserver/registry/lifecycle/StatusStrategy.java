package io.argosy.apiserver.registry.lifecycle;

import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.registry.Strategy;
import io.argosy.apiserver.registry.StrategyContext;
import java.util.List;

/** Writes to the subresource {@code status}: everything but the status stays as it is. */
public class StatusStrategy implements Strategy {

    private static final List<String> METADATA =
            List.of("labels", "annotations", "finalizers", "ownerReferences", "generateName");

    private final Lifecycle lifecycle;
    private final Validation validation;
    private final List<String> keptMetadata;

    private StatusStrategy(Lifecycle lifecycle, Validation validation, List<String> keptMetadata) {
        this.lifecycle = lifecycle;
        this.validation = validation;
        this.keptMetadata = keptMetadata;
    }

    /** Metadata may be written along with the status: most kinds of the older groups. */
    public static StatusStrategy withMetadata(Lifecycle lifecycle, Validation validation) {
        return new StatusStrategy(lifecycle, validation, List.of());
    }

    /** Only the status may be written. */
    public static StatusStrategy only(Lifecycle lifecycle, Validation validation) {
        return new StatusStrategy(lifecycle, validation, METADATA);
    }

    /** The status and the metadata may be written but for some of its fields. */
    public static StatusStrategy keeping(Lifecycle lifecycle, Validation validation, String... metadata) {
        return new StatusStrategy(lifecycle, validation, List.of(metadata));
    }

    @Override
    public void prepareForUpdate(StrategyContext context, ObjectValue object, ObjectValue old) {
        for (String field : List.copyOf(object.names())) {
            if (!field.equals("status") && !field.equals("metadata")) {
                Trees.keep(object, old, field);
            }
        }
        for (String field : old.names()) {
            if (!field.equals("status") && !object.has(field)) {
                Trees.keep(object, old, field);
            }
        }
        Trees.keepMetadata(object, old, "generation");
        keptMetadata.forEach(field -> Trees.keepMetadata(object, old, field));
    }

    @Override
    public List<FieldError> validateUpdate(StrategyContext context, ObjectValue object, ObjectValue old) {
        return validation.statusErrors(object, old);
    }

    @Override
    public boolean unconditionalUpdates() {
        return lifecycle.unconditionalUpdates();
    }

    @Override
    public NameRule nameRule() {
        return lifecycle.names();
    }

    @Override
    public List<String> resetFields() {
        return keptMetadata.isEmpty() ? List.of("spec") : List.of("spec", "metadata");
    }
}
