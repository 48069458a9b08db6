package io.argosy.apiserver.registry.lifecycle;

import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.registry.StrategyContext;

/** Objects that are created with their first status by whoever they stand for: a kubelet registers its node ready-made. */
final class SelfReporting extends LifecycleStrategy {

    SelfReporting(Lifecycle lifecycle, Validation validation) {
        super(lifecycle, validation);
    }

    @Override
    public void prepareForCreate(StrategyContext context, ObjectValue object) {
        var status = object.at("status");
        super.prepareForCreate(context, object);
        status.ifPresent(first -> object.put("status", first));
    }
}
