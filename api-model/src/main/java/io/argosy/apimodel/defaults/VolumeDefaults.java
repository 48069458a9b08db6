package io.argosy.apimodel.defaults;

import io.argosy.apimodel.tree.ObjectValue;

/** Volumes without a source are empty directories. */
final class VolumeDefaults {

    private VolumeDefaults() {}

    static void fillVolume(ObjectValue volume) {
        boolean sourceless = volume.names().stream().allMatch("name"::equals);
        if (sourceless) {
            volume.put("emptyDir", new ObjectValue());
        }
        volume.object("image").ifPresent(image -> {
            if (image.string("pullPolicy").orElse("").isEmpty()) {
                image.put(
                        "pullPolicy",
                        ImageDefaults.pullPolicy(image.string("reference").orElse("")));
            }
        });
    }
}
