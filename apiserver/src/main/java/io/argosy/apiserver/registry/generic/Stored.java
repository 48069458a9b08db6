package io.argosy.apiserver.registry.generic;

import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.cache.ObjectImage;

/** What a write left: an image in the store, or, after a dry run, what would have been stored. */
public sealed interface Stored {

    /** Stored; {@code created} when it was not there before. */
    record Image(ObjectImage image, boolean created) implements Stored {}

    /** Not stored; in the stored version. */
    record Tree(ObjectValue object, boolean created) implements Stored {}

    boolean created();

    default ObjectValue tree() {
        return switch (this) {
            case Image(ObjectImage image, boolean _) -> image.tree();
            case Tree(ObjectValue object, boolean _) -> object;
        };
    }
}
