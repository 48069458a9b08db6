package io.argosy.apiserver.admission;

import io.argosy.apimodel.tree.ObjectValue;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Who is to be asked again about a request, because the object was changed after they saw it. */
public final class Reinvocations {

    private final Set<String> asked = new HashSet<>();
    private final Set<String> due = new HashSet<>();
    private Optional<ObjectValue> left = Optional.empty();

    /** An object comes in for the second round: other plugins may have changed it. */
    public void arrive(Optional<ObjectValue> object) {
        if (!object.equals(left)) {
            changed();
        }
    }

    /** The object was changed: all that were asked before want to see it again. */
    public void changed() {
        due.addAll(asked);
        asked.clear();
    }

    /** One that may be asked again has been. */
    public void asked(String id) {
        asked.add(id);
    }

    public boolean isDue(String id) {
        return due.contains(id);
    }

    /** All are through with the object. */
    public void leave(Optional<ObjectValue> object) {
        left = object.map(ObjectValue::copy);
    }
}
