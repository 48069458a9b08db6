package io.argosy.controllermanager.autoscaler;

import io.argosy.apimodel.meta.LabelSelector;
import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.client.informer.Informer;
import io.argosy.controllermanager.loop.ControllerContext;
import io.argosy.controllermanager.ownership.Selectors;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Which pods autoscalers' targets have, so that no two autoscalers have the same. Safe for any thread. */
final class TargetPods {

    private final ControllerContext context;
    private final Informer<Pod> pods;

    /** What each autoscaler selected when it was last looked at. */
    private final Map<ObjectKey, LabelSelector> selectors = new ConcurrentHashMap<>();

    TargetPods(ControllerContext context, Informer<Pod> pods) {
        this.context = context;
        this.pods = pods;
    }

    /** The autoscaler is gone. */
    void forget(ObjectKey key) {
        selectors.remove(key);
    }

    /**
     * The selector of an autoscaler's target; empty, and told by an event and a condition, when there is none, it
     * cannot be read, or other autoscalers select the same pods.
     */
    Optional<LabelSelector> selector(
            ObjectKey key, HorizontalPodAutoscaler autoscaler, Standing standing, Target target) {
        if (target.selector().isEmpty()) {
            context.events().warning(autoscaler, "SelectorRequired", "selector is required");
            standing.condition(
                    Standing.ACTIVE, false, "InvalidSelector", "the HPA target's scale is missing a selector");
            return Optional.empty();
        }
        LabelSelector selector;
        try {
            selector = LabelSelector.parse(target.selector());
        } catch (IllegalArgumentException e) {
            String message =
                    "couldn't convert selector into a corresponding internal selector object: " + e.getMessage();
            context.events().warning(autoscaler, "InvalidSelector", message);
            standing.condition(Standing.ACTIVE, false, "InvalidSelector", message);
            return Optional.empty();
        }
        selectors.put(key, selector);
        List<String> rivals = rivals(key, selector);
        if (rivals.size() > 1) {
            String message = "pods by selector " + target.selector() + " are controlled by multiple HPAs: ["
                    + String.join(" ", rivals) + "]";
            context.events().warning(autoscaler, "AmbiguousSelector", message);
            standing.condition(Standing.ACTIVE, false, "AmbiguousSelector", message);
            return Optional.empty();
        }
        return Optional.of(selector);
    }

    /** The autoscalers, this one among them, that select one of its pods. */
    private List<String> rivals(ObjectKey key, LabelSelector selector) {
        List<Pod> mine = selected(key.namespace(), selector);
        return selectors.entrySet().stream()
                .filter(entry -> entry.getKey().namespace().equals(key.namespace())
                        && mine.stream().anyMatch(pod -> Selectors.matches(entry.getValue(), pod)))
                .map(entry -> "{" + entry.getKey().name() + " " + entry.getKey().namespace() + "}")
                .sorted()
                .toList();
    }

    List<Pod> selected(String namespace, LabelSelector selector) {
        return pods.list(namespace).stream()
                .filter(pod -> Selectors.matches(selector, pod))
                .toList();
    }
}
