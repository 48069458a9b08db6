package io.argosy.apiserver.registry.core;

import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.registry.StrategyContext;
import io.argosy.apiserver.registry.lifecycle.Lifecycle;
import io.argosy.apiserver.registry.lifecycle.LifecycleStrategy;
import io.argosy.apiserver.registry.lifecycle.Validation;
import java.util.UUID;
import java.util.function.Supplier;

/** Writes to limit ranges, which need no name: they get one. */
public final class NamelessStrategy extends LifecycleStrategy {

    private final Supplier<UUID> ids;

    public NamelessStrategy(Lifecycle lifecycle, Validation validation, Supplier<UUID> ids) {
        super(lifecycle, validation);
        this.ids = ids;
    }

    @Override
    public void prepareForCreate(StrategyContext context, ObjectValue object) {
        super.prepareForCreate(context, object);
        if (object.string("metadata", "name").orElse("").isEmpty()) {
            object.objectOrNew("metadata").put("name", ids.get().toString());
        }
    }
}
