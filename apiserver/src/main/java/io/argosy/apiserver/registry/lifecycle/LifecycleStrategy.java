package io.argosy.apiserver.registry.lifecycle;

import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.registry.Strategy;
import io.argosy.apiserver.registry.StrategyContext;
import java.util.List;

/** Writes to a resource itself: the status stays as it is, and a change of what counts makes a new generation. */
public class LifecycleStrategy implements Strategy {

    private final Lifecycle lifecycle;
    private final Validation validation;

    public LifecycleStrategy(Lifecycle lifecycle, Validation validation) {
        this.lifecycle = lifecycle;
        this.validation = validation;
    }

    @Override
    public void prepareForCreate(StrategyContext context, ObjectValue object) {
        if (lifecycle.status()) {
            object.remove("status");
        }
        if (!lifecycle.counted().isEmpty()) {
            object.objectOrNew("metadata").put("generation", 1);
        }
    }

    @Override
    public void prepareForUpdate(StrategyContext context, ObjectValue object, ObjectValue old) {
        if (lifecycle.status()) {
            Trees.keep(object, old, "status");
        }
        if (!lifecycle.counted().isEmpty()) {
            countGeneration(object, old);
        }
    }

    private void countGeneration(ObjectValue object, ObjectValue old) {
        long generation = old.integer("metadata", "generation").orElse(0L);
        if (lifecycle.counted().stream().anyMatch(field -> changed(object, old, field))) {
            generation++;
        }
        if (generation > 0) {
            object.objectOrNew("metadata").put("generation", generation);
        }
    }

    private static boolean changed(ObjectValue object, ObjectValue old, String field) {
        String[] path = field.split("\\.");
        return !Trees.same(object.at(path), old.at(path));
    }

    @Override
    public List<FieldError> validate(StrategyContext context, ObjectValue object) {
        return validation.errors(object);
    }

    @Override
    public List<FieldError> validateUpdate(StrategyContext context, ObjectValue object, ObjectValue old) {
        return validation.errors(object, old);
    }

    @Override
    public List<String> warningsOnCreate(StrategyContext context, ObjectValue object) {
        return validation.warnings(object);
    }

    @Override
    public List<String> warningsOnUpdate(StrategyContext context, ObjectValue object, ObjectValue old) {
        boolean changed = !Trees.same(object.at("spec"), old.at("spec"))
                || !Trees.same(object.at("template"), old.at("template"));
        return changed ? validation.warningsOnUpdate(object) : List.of();
    }

    @Override
    public boolean createsOnUpdate() {
        return lifecycle.createsOnUpdate();
    }

    @Override
    public boolean unconditionalUpdates() {
        return lifecycle.unconditionalUpdates();
    }

    @Override
    public Garbage garbage() {
        return lifecycle.garbage();
    }

    @Override
    public NameRule nameRule() {
        return lifecycle.names();
    }

    @Override
    public List<String> resetFields() {
        return lifecycle.status() ? List.of("status") : List.of();
    }
}
