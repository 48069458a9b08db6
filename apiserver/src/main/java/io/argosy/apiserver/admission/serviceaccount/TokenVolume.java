package io.argosy.apiserver.admission.serviceaccount;

import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.List;
import java.util.Optional;

/** The volume through which a pod's containers get a token, the cluster's authority and their namespace. */
final class TokenVolume {

    static final String PREFIX = "kube-api-access-";
    static final String MOUNT_PATH = "/var/run/secrets/kubernetes.io/serviceaccount";

    private static final long EXPIRATION_SECONDS = 3607;

    private TokenVolume() {}

    /** Adds the volume, named with the given suffix unless the pod has one, and mounts it where nothing else is. */
    static void mount(ObjectValue pod, String suffix) {
        ObjectValue spec = pod.objectOrNew("spec");
        Optional<String> existing = spec.array("volumes").stream()
                .flatMap(ArrayValue::objects)
                .flatMap(volume -> volume.string("name").stream())
                .filter(name -> name.startsWith(PREFIX))
                .findFirst();
        String name = existing.orElse(PREFIX + suffix);
        boolean used = false;
        for (String list : List.of("initContainers", "containers")) {
            List<ObjectValue> containers =
                    spec.array(list).map(array -> array.objects().toList()).orElse(List.of());
            for (ObjectValue container : containers) {
                used |= mountInto(container, name);
            }
        }
        if (used && existing.isEmpty()) {
            spec.arrayOrNew("volumes").add(volume(name));
        }
    }

    private static boolean mountInto(ObjectValue container, String name) {
        boolean taken = container.array("volumeMounts").stream()
                .flatMap(ArrayValue::objects)
                .anyMatch(mount -> mount.string("mountPath").orElse("").equals(MOUNT_PATH));
        if (taken) {
            return false;
        }
        container
                .arrayOrNew("volumeMounts")
                .add(new ObjectValue().put("name", name).put("readOnly", true).put("mountPath", MOUNT_PATH));
        return true;
    }

    private static ObjectValue volume(String name) {
        ObjectValue token = new ObjectValue()
                .put(
                        "serviceAccountToken",
                        new ObjectValue()
                                .put("expirationSeconds", EXPIRATION_SECONDS)
                                .put("path", "token"));
        ObjectValue authority = new ObjectValue()
                .put(
                        "configMap",
                        new ObjectValue()
                                .put("name", "kube-root-ca.crt")
                                .put(
                                        "items",
                                        ArrayValue.of(new ObjectValue()
                                                .put("key", "ca.crt")
                                                .put("path", "ca.crt"))));
        ObjectValue namespace = new ObjectValue()
                .put(
                        "downwardAPI",
                        new ObjectValue()
                                .put(
                                        "items",
                                        ArrayValue.of(new ObjectValue()
                                                .put("path", "namespace")
                                                .put(
                                                        "fieldRef",
                                                        new ObjectValue()
                                                                .put("apiVersion", "v1")
                                                                .put("fieldPath", "metadata.namespace")))));
        return new ObjectValue()
                .put("name", name)
                .put(
                        "projected",
                        new ObjectValue()
                                .put("sources", ArrayValue.of(token, authority, namespace))
                                .put("defaultMode", 420));
    }
}
