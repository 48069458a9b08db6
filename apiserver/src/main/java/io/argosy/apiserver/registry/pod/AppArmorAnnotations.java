package io.argosy.apiserver.registry.pod;

import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.List;
import java.util.Optional;

/** Makes fields of the annotations that AppArmor profiles were before v1.30, where there is no field. */
final class AppArmorAnnotations {

    private static final String PREFIX = "container.apparmor.security.beta.kubernetes.io/";
    private static final String LOCALHOST = "localhost/";
    private static final int LONGEST_PROFILE = 4095;

    private AppArmorAnnotations() {}

    static void toFields(ObjectValue pod) {
        if (pod.string("spec", "os", "name").orElse("").equals("windows")) {
            return;
        }
        Optional<ObjectValue> ofPod = pod.object("spec", "securityContext", "appArmorProfile");
        for (String list : List.of("initContainers", "containers", "ephemeralContainers")) {
            pod.array("spec", list).stream().flatMap(ArrayValue::objects).forEach(container -> {
                boolean given =
                        container.object("securityContext", "appArmorProfile").isPresent();
                if (!given) {
                    pod.string(
                                    "metadata",
                                    "annotations",
                                    PREFIX + container.string("name").orElse(""))
                            .flatMap(AppArmorAnnotations::profile)
                            .filter(profile -> !ofPod.equals(Optional.of(profile)))
                            .ifPresent(profile ->
                                    container.objectOrNew("securityContext").put("appArmorProfile", profile));
                }
            });
        }
    }

    /** Empty for what no valid profile can be made of. */
    private static Optional<ObjectValue> profile(String annotation) {
        if (annotation.equals("unconfined")) {
            return Optional.of(new ObjectValue().put("type", "Unconfined"));
        }
        if (annotation.equals("runtime/default")) {
            return Optional.of(new ObjectValue().put("type", "RuntimeDefault"));
        }
        if (!annotation.startsWith(LOCALHOST)) {
            return Optional.empty();
        }
        String name = annotation.substring(LOCALHOST.length());
        boolean valid = !name.isEmpty() && name.strip().equals(name) && name.length() <= LONGEST_PROFILE;
        return valid
                ? Optional.of(new ObjectValue().put("type", "Localhost").put("localhostProfile", name))
                : Optional.empty();
    }
}
