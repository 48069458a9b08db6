package io.argosy.apimodel.quota;

import io.argosy.apimodel.tree.ObjectValue;
import java.util.Optional;

/** What the measure of a ResourceClaim depends on beside the claim. */
public interface DeviceClasses {

    /** Knows of no class. */
    DeviceClasses NONE = new DeviceClasses() {
        @Override
        public Optional<String> extendedResource(String className) {
            return Optional.empty();
        }

        @Override
        public boolean provides(String extendedResource) {
            return false;
        }

        @Override
        public Optional<ObjectValue> owner(ObjectValue claim) {
            return Optional.empty();
        }
    };

    /** The extended resource that pods ask a class's devices by, when it has such a name. */
    Optional<String> extendedResource(String className);

    /** Whether some class gives devices to who asks for this extended resource. */
    boolean provides(String extendedResource);

    /** The pod whose extended resources a claim was made for, and is the first to be. */
    Optional<ObjectValue> owner(ObjectValue claim);
}
