package io.argosy.kubelet.pod;

import io.argosy.client.events.References;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;

/** References for events: to a pod, or to one of its containers. Pure. */
public final class ContainerEvents {

    private ContainerEvents() {}

    /** A static pod's events are about its mirror, which has the uid that the file gave. */
    public static ObjectReference pod(Pod pod) {
        return new ObjectReferenceBuilder(References.to(pod))
                .withApiVersion("v1")
                .withKind("Pod")
                .build();
    }

    public static ObjectReference container(Pod pod, String name) {
        String list = PodView.kind(pod, name)
                .map(kind -> switch (kind) {
                    case INIT, SIDECAR -> "initContainers";
                    case EPHEMERAL -> "ephemeralContainers";
                    case MAIN -> "containers";
                })
                .orElse("containers");
        ObjectReference reference = pod(pod);
        reference.setFieldPath("spec." + list + "{" + name + "}");
        return reference;
    }
}
