package io.argosy.controllermanager.autoscaler;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.client.informer.Informer;
import io.argosy.client.informer.ResourceHandler;
import io.argosy.client.request.ResourceType;
import io.argosy.controllermanager.loop.Controller;
import io.argosy.controllermanager.loop.ControllerContext;
import io.argosy.controllermanager.loop.ReconcileLoop;
import io.argosy.daemon.lifecycle.TaskScope;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import java.time.Duration;

/** Looks at every autoscaler once in a period; a change of its spec is looked at within the period. */
public final class AutoscalerController implements Controller {

    /**
     * How it works.
     *
     * @param window the standard one before fewer pods are believed to be enough
     * @param tolerance the least change of the ratio that scales
     * @param initialization how long after their start pods' CPU may say nothing
     * @param readiness how long after its start a pod that never was ready may become so
     */
    public record Settings(
            Duration period, Duration window, double tolerance, Duration initialization, Duration readiness) {}

    private final ReconcileLoop<ObjectKey> loop;
    private final AutoscalerReconciler reconciler;

    public AutoscalerController(ControllerContext context, int workers, Settings settings) {
        Informer<HorizontalPodAutoscaler> autoscalers = context.informers().informer(HorizontalPodAutoscaler.class);
        Informer<Pod> pods = context.informers().informer(Pod.class);
        reconciler = new AutoscalerReconciler(
                context, autoscalers, new TargetPods(context, pods), new ApiMetrics(context.client()), settings);
        loop = context.loop("horizontalpodautoscaler", workers, reconciler::reconcile);
        autoscalers.addHandler(new ResourceHandler<>() {
            @Override
            public void added(HorizontalPodAutoscaler autoscaler, boolean initial) {
                loop.add(ResourceType.keyOf(autoscaler));
            }

            @Override
            public void updated(HorizontalPodAutoscaler before, HorizontalPodAutoscaler after) {
                if (!before.getSpec().equals(after.getSpec())) {
                    loop.addAfter(ResourceType.keyOf(after), settings.period());
                }
            }

            @Override
            public void deleted(HorizontalPodAutoscaler last) {
                loop.add(ResourceType.keyOf(last));
            }
        });
    }

    @Override
    public void start(TaskScope tasks) {
        loop.start(tasks);
    }
}
