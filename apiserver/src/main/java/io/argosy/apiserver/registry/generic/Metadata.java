package io.argosy.apiserver.registry.generic;

import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.List;
import java.util.Optional;

/** The {@code metadata} of an object, by name; changes go through to the tree. */
public record Metadata(ObjectValue fields) {

    /** The metadata of an object, put there when absent. */
    public static Metadata of(ObjectValue object) {
        return new Metadata(object.objectOrNew("metadata"));
    }

    public String name() {
        return fields.string("name").orElse("");
    }

    public String generateName() {
        return fields.string("generateName").orElse("");
    }

    public String namespace() {
        return fields.string("namespace").orElse("");
    }

    public String uid() {
        return fields.string("uid").orElse("");
    }

    public String resourceVersion() {
        return fields.string("resourceVersion").orElse("");
    }

    /** The resourceVersion of an object that is to be written, as a server counts them; anything else is refused. */
    String numericResourceVersion() {
        String given = resourceVersion();
        if (!given.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new ApiException(
                    500, "", "strconv.ParseUint: parsing \"" + given + "\": invalid syntax", ApiException.Details.NONE);
        }
        return given;
    }

    public Optional<String> deletionTimestamp() {
        return fields.string("deletionTimestamp");
    }

    public Optional<Long> deletionGracePeriodSeconds() {
        return fields.integer("deletionGracePeriodSeconds");
    }

    public long generation() {
        return fields.integer("generation").orElse(0L);
    }

    public List<String> finalizers() {
        return fields.array("finalizers").map(list -> list.strings().toList()).orElse(List.of());
    }

    public void setFinalizers(List<String> finalizers) {
        if (finalizers.isEmpty()) {
            fields.remove("finalizers");
        } else {
            fields.put("finalizers", ArrayValue.ofStrings(finalizers));
        }
    }

    /** Sets a field, or takes it away when there is no value. */
    void set(String field, Optional<String> value) {
        if (value.isPresent()) {
            fields.put(field, value.get());
        } else {
            fields.remove(field);
        }
    }

    void setNumber(String field, Optional<Long> value) {
        if (value.isPresent()) {
            fields.put(field, value.get());
        } else {
            fields.remove(field);
        }
    }
}
