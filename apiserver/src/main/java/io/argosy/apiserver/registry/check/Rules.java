package io.argosy.apiserver.registry.check;

import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.registry.lifecycle.Validation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The rules of a kind.
 *
 * @param always what holds for every object of the kind
 * @param create what a new object must be beside that
 * @param update what an update may not change: the new object and the old one
 * @param status what holds for a new status
 */
public record Rules(
        Consumer<Spot> always, Consumer<Spot> create, BiConsumer<Spot, Spot> update, BiConsumer<Spot, Spot> status)
        implements Validation {

    public static Rules of(Consumer<Spot> always) {
        return new Rules(always, _ -> {}, (_, _) -> {}, (_, _) -> {});
    }

    public Rules onCreate(Consumer<Spot> rule) {
        return new Rules(always, rule, update, status);
    }

    public Rules onUpdate(BiConsumer<Spot, Spot> rule) {
        return new Rules(always, create, rule, status);
    }

    public Rules onStatus(BiConsumer<Spot, Spot> rule) {
        return new Rules(always, create, update, rule);
    }

    @Override
    public List<FieldError> errors(ObjectValue object) {
        List<FieldError> errors = new ArrayList<>();
        Spot root = Spot.root(object, errors);
        always.accept(root);
        create.accept(root);
        return errors;
    }

    @Override
    public List<FieldError> errors(ObjectValue object, ObjectValue old) {
        List<FieldError> errors = new ArrayList<>();
        Spot root = Spot.root(object, errors);
        always.accept(root);
        update.accept(root, Spot.root(old, errors));
        return errors;
    }

    @Override
    public List<FieldError> statusErrors(ObjectValue object, ObjectValue old) {
        List<FieldError> errors = new ArrayList<>();
        status.accept(Spot.root(object, errors), Spot.root(old, errors));
        return errors;
    }
}
