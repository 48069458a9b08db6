package io.argosy.apiserver.registry.core;

import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.registry.StrategyContext;
import io.argosy.apiserver.registry.lifecycle.Lifecycle;
import io.argosy.apiserver.registry.lifecycle.LifecycleStrategy;
import io.argosy.apiserver.registry.lifecycle.Validation;

/** Writes to volumes and claims, whose life starts in the phase Pending. */
public final class PendingStrategy extends LifecycleStrategy {

    public PendingStrategy(Lifecycle lifecycle, Validation validation) {
        super(lifecycle, validation);
    }

    @Override
    public void prepareForCreate(StrategyContext context, ObjectValue object) {
        super.prepareForCreate(context, object);
        object.put("status", new ObjectValue().put("phase", "Pending"));
    }
}
