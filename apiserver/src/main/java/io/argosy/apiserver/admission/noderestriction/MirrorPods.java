package io.argosy.apiserver.admission.noderestriction;

import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What a mirror pod refers to, which it must not. */
final class MirrorPods {

    private static final Map<String, String> VOLUMES = Map.of(
            "secret", "secrets",
            "configMap", "configmaps",
            "persistentVolumeClaim", "persistentvolumeclaims",
            "ephemeral", "persistentvolumeclaims");

    private MirrorPods() {}

    /** The resource of the first reference to an API object. */
    static Optional<String> reference(ObjectValue pod) {
        if (!pod.string("spec", "serviceAccountName").orElse("").isEmpty()) {
            return Optional.of("serviceaccounts");
        }
        if (list(pod, "resourceClaims").findAny().isPresent()) {
            return Optional.of("resourceclaims");
        }
        if (list(pod, "imagePullSecrets").findAny().isPresent()) {
            return Optional.of("secrets");
        }
        return ofContainers(pod)
                .or(() -> list(pod, "volumes")
                        .flatMap(volume -> ofVolume(volume).stream())
                        .findFirst());
    }

    private static Stream<ObjectValue> list(ObjectValue pod, String field) {
        return pod.array("spec", field).stream().flatMap(ArrayValue::objects);
    }

    private static Optional<String> ofContainers(ObjectValue pod) {
        return Stream.of("containers", "initContainers", "ephemeralContainers")
                .flatMap(field -> list(pod, field))
                .flatMap(container -> Stream.concat(
                        container.array("env").stream()
                                .flatMap(ArrayValue::objects)
                                .flatMap(variable -> variable.object("valueFrom").stream()),
                        container.array("envFrom").stream().flatMap(ArrayValue::objects)))
                .flatMap(source -> {
                    if (source.has("secretKeyRef") || source.has("secretRef")) {
                        return Stream.of("secrets");
                    }
                    return source.has("configMapKeyRef") || source.has("configMapRef")
                            ? Stream.of("configmaps")
                            : Stream.empty();
                })
                .findFirst();
    }

    private static Optional<String> ofVolume(ObjectValue volume) {
        for (Map.Entry<String, String> kind : VOLUMES.entrySet()) {
            if (volume.has(kind.getKey())) {
                return Optional.of(kind.getValue());
            }
        }
        List<ObjectValue> sources = volume.array("projected", "sources").stream()
                .flatMap(ArrayValue::objects)
                .toList();
        for (ObjectValue source : sources) {
            if (source.has("secret")) {
                return Optional.of("secrets");
            }
            if (source.has("configMap")) {
                return Optional.of("configmaps");
            }
            if (source.has("serviceAccountToken")) {
                return Optional.of("serviceaccounts");
            }
            if (source.has("clusterTrustBundle")) {
                return Optional.of("clustertrustbundles");
            }
        }
        boolean secretInside = volume.fields().values().stream()
                .anyMatch(source -> source instanceof ObjectValue object
                        && (object.has("secretRef") || object.has("nodePublishSecretRef") || object.has("secretName")));
        return secretInside ? Optional.of("secrets") : Optional.empty();
    }
}
