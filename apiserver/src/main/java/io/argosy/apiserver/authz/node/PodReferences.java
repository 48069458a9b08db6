package io.argosy.apiserver.authz.node;

import io.argosy.apimodel.meta.GroupResource;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.objects.Resources;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The objects of its namespace that a pod names: what its kubelet needs to run it. */
final class PodReferences {

    /** An object of a pod's namespace. */
    record Reference(GroupResource resource, String namespace, String name) {}

    private final String namespace;
    private final Set<Reference> found = new HashSet<>();

    private PodReferences(String namespace) {
        this.namespace = namespace;
    }

    static Set<Reference> of(ObjectValue pod) {
        PodReferences references =
                new PodReferences(pod.string("metadata", "namespace").orElse(""));
        references.collect(pod);
        return Set.copyOf(references.found);
    }

    private void collect(ObjectValue pod) {
        add(Resources.SERVICE_ACCOUNTS, pod, "spec", "serviceAccountName");
        list(pod, "spec", "imagePullSecrets").forEach(secret -> add(Resources.SECRETS, secret, "name"));
        for (String containers : List.of("containers", "initContainers", "ephemeralContainers")) {
            list(pod, "spec", containers).forEach(this::collectEnvironment);
        }
        String podName = pod.string("metadata", "name").orElse("");
        list(pod, "spec", "volumes").forEach(volume -> collectVolume(volume, podName));
        collectClaims(pod);
    }

    private static Stream<ObjectValue> list(ObjectValue object, String... path) {
        return object.array(path).stream().flatMap(ArrayValue::objects);
    }

    private void add(GroupResource resource, ObjectValue object, String... path) {
        object.string(path)
                .filter(name -> !name.isEmpty())
                .ifPresent(name -> found.add(new Reference(resource, namespace, name)));
    }

    private void collectEnvironment(ObjectValue container) {
        list(container, "env").forEach(variable -> {
            add(Resources.SECRETS, variable, "valueFrom", "secretKeyRef", "name");
            add(Resources.CONFIG_MAPS, variable, "valueFrom", "configMapKeyRef", "name");
        });
        list(container, "envFrom").forEach(source -> {
            add(Resources.SECRETS, source, "secretRef", "name");
            add(Resources.CONFIG_MAPS, source, "configMapRef", "name");
        });
    }

    private void collectVolume(ObjectValue volume, String podName) {
        add(Resources.SECRETS, volume, "secret", "secretName");
        add(Resources.CONFIG_MAPS, volume, "configMap", "name");
        add(Resources.PERSISTENT_VOLUME_CLAIMS, volume, "persistentVolumeClaim", "claimName");
        if (volume.has("ephemeral")) {
            found.add(new Reference(
                    Resources.PERSISTENT_VOLUME_CLAIMS,
                    namespace,
                    podName + "-" + volume.string("name").orElse("")));
        }
        for (String kind : List.of("azureFile")) {
            add(Resources.SECRETS, volume, kind, "secretName");
        }
        for (String kind : List.of("cephfs", "cinder", "flexVolume", "rbd", "scaleIO", "iscsi", "storageos")) {
            add(Resources.SECRETS, volume, kind, "secretRef", "name");
        }
        add(Resources.SECRETS, volume, "csi", "nodePublishSecretRef", "name");
        list(volume, "projected", "sources").forEach(source -> {
            add(Resources.SECRETS, source, "secret", "name");
            add(Resources.CONFIG_MAPS, source, "configMap", "name");
        });
    }

    private void collectClaims(ObjectValue pod) {
        list(pod, "spec", "resourceClaims")
                .forEach(claim -> add(Resources.RESOURCE_CLAIMS, claim, "resourceClaimName"));
        list(pod, "status", "resourceClaimStatuses")
                .forEach(claim -> add(Resources.RESOURCE_CLAIMS, claim, "resourceClaimName"));
        add(Resources.RESOURCE_CLAIMS, pod, "status", "extendedResourceClaimStatus", "resourceClaimName");
    }
}
