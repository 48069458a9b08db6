package io.argosy.apiserver.admission.webhook;

import io.argosy.apimodel.tree.ObjectValue;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Which webhooks are to be asked again about a request, because the object was changed after they saw it. */
final class Reinvocations {

    private final Set<String> asked = new HashSet<>();
    private final Set<String> due = new HashSet<>();
    private Optional<ObjectValue> left = Optional.empty();

    /** An object comes in for the second round: other plugins may have changed it. */
    void arrive(Optional<ObjectValue> object) {
        if (!object.equals(left)) {
            changed();
        }
    }

    /** The object was changed: all that were asked before want to see it again. */
    void changed() {
        due.addAll(asked);
        asked.clear();
    }

    /** A webhook that may be asked again has been. */
    void asked(String webhook) {
        asked.add(webhook);
    }

    boolean isDue(String webhook) {
        return due.contains(webhook);
    }

    /** The webhooks are through with the object. */
    void leave(Optional<ObjectValue> object) {
        left = object.map(ObjectValue::copy);
    }
}
