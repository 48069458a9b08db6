package io.argosy.apimodel.quota;

import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;

/** Which pod a ResourceClaim was made for, when its devices stand for extended resources that the pod asks for. */
public final class DeviceOwners {

    private DeviceOwners() {}

    /** The name of the pod that controls a claim of extended resources. */
    public static Optional<String> podName(ObjectValue claim) {
        return controller(claim).flatMap(owner -> owner.string("name"));
    }

    private static Optional<ObjectValue> controller(ObjectValue claim) {
        boolean extended = claim.string("metadata", "annotations", "resource.kubernetes.io/extended-resource-claim")
                .filter("true"::equals)
                .isPresent();
        if (!extended) {
            return Optional.empty();
        }
        return claim.array("metadata", "ownerReferences").stream()
                .flatMap(ArrayValue::objects)
                .filter(owner -> owner.isTrue("controller"))
                .findFirst()
                .filter(owner -> owner.string("kind").orElse("").equals("Pod")
                        && owner.string("apiVersion").orElse("").equals("v1"));
    }

    /**
     * Whether the pod is still the one, and this claim the one that it uses, or will: the first of several.
     *
     * @param claims those of the namespace, asked for only when the pod does not say which it uses
     */
    public static boolean isMadeFor(
            ObjectValue claim, ObjectValue pod, Supplier<? extends Collection<ObjectValue>> claims) {
        Optional<String> uid = controller(claim).flatMap(owner -> owner.string("uid"));
        if (uid.isEmpty() || !uid.equals(pod.string("metadata", "uid"))) {
            return false;
        }
        String name = claim.string("metadata", "name").orElse("");
        Optional<ObjectValue> status = pod.object("status", "extendedResourceClaimStatus");
        if (status.isPresent()) {
            return status.get().string("resourceClaimName").orElse("").equals(name);
        }
        String created = claim.string("metadata", "creationTimestamp").orElse("");
        return claims.get().stream()
                .filter(other ->
                        controller(other).flatMap(owner -> owner.string("uid")).equals(uid))
                .noneMatch(other -> {
                    int order = other.string("metadata", "creationTimestamp")
                            .orElse("")
                            .compareTo(created);
                    String otherName = other.string("metadata", "name").orElse("");
                    return order < 0 || (order == 0 && otherName.compareTo(name) < 0);
                });
    }
}
