package io.argosy.apiserver.registry.job;

import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.registry.StrategyContext;
import io.argosy.apiserver.registry.lifecycle.Lifecycle;
import io.argosy.apiserver.registry.lifecycle.LifecycleStrategy;
import io.argosy.apiserver.registry.lifecycle.Validation;

/**
 * Writes to Jobs. A new Job that does not choose its pods by itself ({@code manualSelector}) gets a selector and template
 * labels that hold its UID, so that no two Jobs ever share a pod.
 */
public final class JobStrategy extends LifecycleStrategy {

    private static final String UID_LABEL = "batch.kubernetes.io/controller-uid";
    private static final String NAME_LABEL = "batch.kubernetes.io/job-name";

    /** The labels of before v1.27, which people still select by. */
    private static final String OLD_UID_LABEL = "controller-uid";

    private static final String OLD_NAME_LABEL = "job-name";

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
        putIfAbsent(labels, OLD_UID_LABEL, uid);
        putIfAbsent(labels, UID_LABEL, uid);
        putIfAbsent(labels, OLD_NAME_LABEL, name);
        putIfAbsent(labels, NAME_LABEL, name);
        ObjectValue chosen = spec.objectOrNew("selector").objectOrNew("matchLabels");
        putIfAbsent(chosen, UID_LABEL, uid);
    }

    private static void putIfAbsent(ObjectValue labels, String name, String value) {
        if (!labels.has(name)) {
            labels.put(name, value);
        }
    }
}
