package io.argosy.apiserver.crd;

import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.time.ApiTime;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.registry.Strategy;
import io.argosy.apiserver.registry.StrategyContext;
import io.argosy.apiserver.registry.lifecycle.Trees;
import java.util.List;
import java.util.Locale;

/** Writes to CustomResourceDefinitions themselves. */
public final class DefinitionStrategy implements Strategy {

    static final String FINALIZER = "customresourcecleanup.apiextensions.k8s.io";

    private final boolean ofStatus;

    /** @param ofStatus for the subresource {@code status} */
    public DefinitionStrategy(boolean ofStatus) {
        this.ofStatus = ofStatus;
    }

    @Override
    public void prepareForCreate(StrategyContext context, ObjectValue crd) {
        fill(crd);
        crd.objectOrNew("metadata").put("generation", 1);
        ArrayValue stored = new ArrayValue();
        storageVersion(crd).forEach(name -> stored.add(Value.of(name)));
        ObjectValue names = new ObjectValue().put("plural", "").put("kind", "");
        crd.put(
                "status",
                new ObjectValue()
                        .put("conditions", new ArrayValue())
                        .put("acceptedNames", names)
                        .put("storedVersions", stored));
    }

    private static void fill(ObjectValue crd) {
        ObjectValue spec = crd.objectOrNew("spec");
        ObjectValue names = spec.objectOrNew("names");
        String kind = names.string("kind").orElse("");
        if (names.string("singular").orElse("").isEmpty()) {
            names.put("singular", kind.toLowerCase(Locale.ROOT));
        }
        if (names.string("listKind").orElse("").isEmpty() && !kind.isEmpty()) {
            names.put("listKind", kind + "List");
        }
        if (spec.string("conversion", "strategy").orElse("").isEmpty()) {
            spec.objectOrNew("conversion").put("strategy", "None");
        }
    }

    private static List<String> storageVersion(ObjectValue crd) {
        return crd.array("spec", "versions").stream()
                .flatMap(ArrayValue::objects)
                .filter(version -> version.isTrue("storage"))
                .flatMap(version -> version.string("name").stream())
                .toList();
    }

    @Override
    public void prepareForUpdate(StrategyContext context, ObjectValue crd, ObjectValue old) {
        if (ofStatus) {
            Trees.keep(crd, old, "spec");
            List.of("labels", "annotations", "finalizers", "ownerReferences", "generation")
                    .forEach(field -> Trees.keepMetadata(crd, old, field));
            return;
        }
        fill(crd);
        Trees.keep(crd, old, "status");
        ArrayValue stored = crd.objectOrNew("status").arrayOrNew("storedVersions");
        storageVersion(crd).stream()
                .filter(name -> stored.strings().noneMatch(name::equals))
                .forEach(name -> stored.add(Value.of(name)));
        long generation = old.integer("metadata", "generation").orElse(0L);
        boolean changed = !Trees.same(crd.at("spec"), old.at("spec"));
        crd.objectOrNew("metadata").put("generation", changed ? generation + 1 : generation);
    }

    /** The instances go first: a finalizer keeps the definition until they are gone. */
    @Override
    public void prepareForDelete(StrategyContext context, ObjectValue crd) {
        ArrayValue finalizers = crd.objectOrNew("metadata").arrayOrNew("finalizers");
        if (finalizers.strings().noneMatch(FINALIZER::equals)) {
            finalizers.add(Value.of(FINALIZER));
        }
        Conditions.put(
                crd,
                "Terminating",
                "True",
                "InstanceDeletionPending",
                "CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon",
                ApiTime.format(context.now()));
    }

    @Override
    public boolean mayVanish(ObjectValue crd) {
        return crd.string("metadata", "deletionTimestamp").isPresent();
    }

    @Override
    public List<FieldError> validate(StrategyContext context, ObjectValue crd) {
        return DefinitionValidation.errors(crd);
    }

    @Override
    public List<FieldError> validateUpdate(StrategyContext context, ObjectValue crd, ObjectValue old) {
        return ofStatus ? List.of() : DefinitionValidation.errors(crd, old);
    }

    @Override
    public boolean unconditionalUpdates() {
        return false;
    }

    @Override
    public List<String> resetFields() {
        return ofStatus ? List.of("spec", "metadata") : List.of("status");
    }
}
