package io.argosy.scheduler.binding;

import io.argosy.apimodel.status.ApiException;
import io.argosy.client.request.ApiClient;
import io.argosy.client.request.RequestException;
import io.argosy.client.request.ResourceClient;
import io.argosy.scheduler.columns.PodInfo;
import io.fabric8.kubernetes.api.model.Binding;
import io.fabric8.kubernetes.api.model.BindingBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;

/**
 * The plugin DefaultBinder: writes the binding subresource. The server refuses a second binding and another pod of the
 * same name, so a pod is bound once; where no answer came, the pod is read to see what happened. Any thread.
 */
public final class Binder {

    public static final String NAME = "DefaultBinder";

    private final ResourceClient<Pod> pods;

    public Binder(ApiClient client) {
        this.pods = client.resource(Pod.class);
    }

    public BindOutcome bind(PodInfo pod, String node) {
        Binding binding = new BindingBuilder()
                .withNewMetadata()
                .withNamespace(pod.namespace())
                .withName(pod.key().name())
                .withUid(pod.uid())
                .endMetadata()
                .withNewTarget()
                .withKind("Node")
                .withName(node)
                .endTarget()
                .build();
        try {
            pods.createSubresource(pod.key(), "binding", binding);
            return new BindOutcome.Bound();
        } catch (ApiException e) {
            return look(pod, node, e.message());
        } catch (RequestException e) {
            String why = String.valueOf(e.getMessage());
            return e.outcomeUnknown() ? look(pod, node, why) : new BindOutcome.Failed(why);
        }
    }

    private BindOutcome look(PodInfo pod, String node, String why) {
        try {
            Optional<Pod> now = pods.find(pod.key());
            if (now.isEmpty() || !pod.uid().equals(now.get().getMetadata().getUid())) {
                return new BindOutcome.Overtaken("pod is gone");
            }
            String there = now.get().getSpec().getNodeName();
            if (there == null || there.isEmpty()) {
                return new BindOutcome.Failed("running Bind plugin \"" + NAME + "\": " + why);
            }
            return there.equals(node) ? new BindOutcome.Bound() : new BindOutcome.Overtaken("pod is on node " + there);
        } catch (ApiException | RequestException e) {
            return new BindOutcome.Failed("running Bind plugin \"" + NAME + "\": " + why);
        }
    }
}
