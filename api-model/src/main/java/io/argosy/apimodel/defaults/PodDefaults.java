package io.argosy.apimodel.defaults;

import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.stream.Stream;

/** What is filled in pods, most of it not in the templates of pods. */
final class PodDefaults {

    private PodDefaults() {}

    static void fill(ObjectValue pod) {
        ObjectValue spec = pod.objectOrNew("spec");
        Stream.of("containers", "initContainers")
                .flatMap(list -> spec.array(list).stream())
                .flatMap(ArrayValue::objects)
                .forEach(container -> {
                    fillRequests(container);
                    if (spec.isTrue("hostNetwork")) {
                        fillHostPorts(container);
                    }
                });
        PodLevelResources.fill(spec);
        if (!spec.has("enableServiceLinks")) {
            spec.put("enableServiceLinks", true);
        }
    }

    /** The account's name has an older field, which is read where the newer is empty, and says the same as it. */
    static void nameAccount(ObjectValue spec) {
        spec.string("serviceAccountName")
                .filter(name -> !name.isEmpty())
                .or(() -> spec.string("serviceAccount").filter(name -> !name.isEmpty()))
                .ifPresent(name -> spec.put("serviceAccountName", name).put("serviceAccount", name));
    }

    /** What is limited and not requested is requested up to the limit. */
    private static void fillRequests(ObjectValue container) {
        container
                .object("resources")
                .flatMap(resources -> resources.object("limits"))
                .filter(limits -> !limits.isEmpty())
                .ifPresent(limits -> ResourceLists.fillFrom(
                        container.object("resources").orElseThrow().objectOrNew("requests"), limits));
    }

    private static void fillHostPorts(ObjectValue container) {
        container.array("ports").stream().flatMap(ArrayValue::objects).forEach(port -> {
            if (port.integer("hostPort").orElse(0L) == 0) {
                port.at("containerPort").ifPresent(number -> port.put("hostPort", number));
            }
        });
    }
}
