package io.argosy.apiserver.registry.pod;

import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.registry.lifecycle.Trees;
import java.util.List;
import java.util.Optional;

/** Takes from a pod what the subresource {@code resize} may change: resources of containers and their resize policy. */
final class Resizes {

    private Resizes() {}

    static void take(ObjectValue asked, ObjectValue spec) {
        for (String list : List.of("containers", "initContainers")) {
            Optional<ArrayValue> containers = spec.array(list);
            if (containers.isEmpty()) {
                continue;
            }
            containers
                    .get()
                    .objects()
                    .forEach(container -> find(asked, list, container).ifPresent(wanted -> {
                        Trees.keep(container, wanted, "resources");
                        Trees.keep(container, wanted, "resizePolicy");
                    }));
        }
    }

    private static Optional<ObjectValue> find(ObjectValue asked, String list, ObjectValue container) {
        Optional<String> name = container.string("name");
        return asked.array(list).stream()
                .flatMap(ArrayValue::objects)
                .filter(other -> other.string("name").equals(name))
                .findFirst();
    }
}
