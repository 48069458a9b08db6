package io.argosy.apiserver.table;

import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Volumes, claims, storage classes and drivers. */
final class VolumeCells {

    private static final String BETA_CLASS = "volume.beta.kubernetes.io/storage-class";
    private static final List<String> DEFAULT_MARKS =
            List.of("storageclass.kubernetes.io/is-default-class", "storageclass.beta.kubernetes.io/is-default-class");

    /** In the order in which they are shown. */
    private static final Map<String, String> ACCESS_MODES = new LinkedHashMap<>();

    static {
        ACCESS_MODES.put("ReadWriteOnce", "RWO");
        ACCESS_MODES.put("ReadOnlyMany", "ROX");
        ACCESS_MODES.put("ReadWriteMany", "RWX");
        ACCESS_MODES.put("ReadWriteOncePod", "RWOP");
    }

    private VolumeCells() {}

    static Map<String, CellFunction> functions() {
        return Map.of(
                "accessModes", VolumeCells::accessModes,
                "claim.capacity", CellFunction.text(VolumeCells::claimCapacity),
                "claim.accessModes", CellFunction.text(claim -> bound(claim) ? modes(claim, "status") : ""),
                "volume.claim", CellFunction.text(VolumeCells::claim),
                "storageClass", CellFunction.text(VolumeCells::storageClass),
                "storageClass.name", CellFunction.text(VolumeCells::storageClassName),
                "driver.audiences", CellFunction.text(VolumeCells::audiences));
    }

    private static Cell accessModes(List<String> arguments) {
        CellPath path = CellPath.parse(arguments.getFirst());
        return (object, _) -> Value.of(modes(path.array(object)));
    }

    private static String modes(ObjectValue claim, String part) {
        return modes(claim.array(part, "accessModes").orElseGet(ArrayValue::new));
    }

    private static String modes(ArrayValue modes) {
        List<String> given = modes.strings().toList();
        return ACCESS_MODES.entrySet().stream()
                .filter(mode -> given.contains(mode.getKey()))
                .map(Map.Entry::getValue)
                .collect(Collectors.joining(","));
    }

    private static boolean bound(ObjectValue claim) {
        return claim.string("spec", "volumeName")
                .filter(name -> !name.isEmpty())
                .isPresent();
    }

    private static String claimCapacity(ObjectValue claim) {
        return bound(claim)
                ? CommonCells.quantity(
                        claim.string("status", "capacity", "storage").orElse(""))
                : "";
    }

    private static String claim(ObjectValue volume) {
        return volume.object("spec", "claimRef")
                .map(claim -> claim.string("namespace").orElse("") + "/"
                        + claim.string("name").orElse(""))
                .orElse("");
    }

    private static String storageClass(ObjectValue object) {
        return object.string("metadata", "annotations", BETA_CLASS)
                .or(() -> object.string("spec", "storageClassName"))
                .orElse("");
    }

    private static String storageClassName(ObjectValue storageClass) {
        String name = storageClass.string("metadata", "name").orElse("");
        boolean isDefault = DEFAULT_MARKS.stream()
                .anyMatch(mark -> storageClass
                        .string("metadata", "annotations", mark)
                        .orElse("")
                        .equals("true"));
        return isDefault ? name + " (default)" : name;
    }

    private static String audiences(ObjectValue driver) {
        return driver.array("spec", "tokenRequests")
                .map(requests -> requests.objects()
                        .map(request -> request.string("audience").orElse(""))
                        .collect(Collectors.joining(",")))
                .orElse("<unset>");
    }
}
