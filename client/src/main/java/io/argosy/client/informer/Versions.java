package io.argosy.client.informer;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** Resource versions as numbers: within one resource they may be compared (KEP-5504). */
public final class Versions {

    private Versions() {}

    /** 0 for a version that is empty or no number. */
    public static long parse(String version) {
        try {
            return version.isEmpty() ? 0 : Long.parseLong(version);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    public static long of(HasMetadata object) {
        String version = object.getMetadata().getResourceVersion();
        return version == null ? 0 : parse(version);
    }
}
