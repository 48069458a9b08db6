package io.argosy.apiserver.registry.batch;

import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.registry.StrategyContext;
import io.argosy.apiserver.registry.lifecycle.Lifecycle;
import io.argosy.apiserver.registry.lifecycle.LifecycleStrategy;
import io.argosy.apiserver.registry.lifecycle.Validation;

/** Writes to jobs: unless told otherwise, each selects its pods by its own UID, and labels them so. */
public final class JobStrategy extends LifecycleStrategy {

    public JobStrategy(Lifecycle lifecycle, Validation validation) {
        super(lifecycle, validation);
    }

    @Override
    public void prepareForCreate(StrategyContext context, ObjectValue job) {
        super.prepareForCreate(context, job);
        ObjectValue spec = job.objectOrNew("spec");
        if (spec.isTrue("manualSelector")) {
            return;
        }
        String uid = job.string("metadata", "uid").orElse("");
        String name = job.string("metadata", "name").orElse("");
        ObjectValue labels =
                spec.objectOrNew("template").objectOrNew("metadata").objectOrNew("labels");
        putNew(labels, "controller-uid", uid);
        putNew(labels, "job-name", name);
        putNew(labels, "batch.kubernetes.io/controller-uid", uid);
        putNew(labels, "batch.kubernetes.io/job-name", name);
        ObjectValue selected = spec.objectOrNew("selector").objectOrNew("matchLabels");
        putNew(selected, "batch.kubernetes.io/controller-uid", uid);
    }

    private static void putNew(ObjectValue map, String key, String value) {
        if (!map.has(key)) {
            map.put(key, value);
        }
    }
}
