package io.argosy.apiserver.apply;

import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The owners of an object's fields: {@code metadata.managedFields} as a map. Mutable. */
final class Managers {

    /** More owners by update than these are put together into one. */
    private static final int MOST_UPDATERS = 10;

    private static final String ANCIENT = "ancient-changes";

    /**
     * Who owns fields.
     *
     * @param operation {@code Apply} or {@code Update}
     * @param apiVersion empty for appliers: one applier is the same in all versions
     */
    record Id(String manager, String operation, String apiVersion, String subresource) {
        static Id applier(String manager, String subresource) {
            return new Id(manager, "Apply", "", subresource);
        }

        static Id updater(String manager, String apiVersion, String subresource) {
            return new Id(manager, "Update", apiVersion, subresource);
        }

        boolean applies() {
            return operation.equals("Apply");
        }
    }

    /** What someone owns: paths in a version, and since when. */
    record Owned(FieldSet fields, String apiVersion, String time) {
        Owned with(FieldSet other) {
            return new Owned(other, apiVersion, time);
        }

        Owned at(String otherTime) {
            return new Owned(fields, apiVersion, otherTime);
        }
    }

    private final Map<Id, Owned> owned = new LinkedHashMap<>();

    static Managers read(ObjectValue object) {
        Managers managers = new Managers();
        List<ObjectValue> entries = object.array("metadata", "managedFields")
                .map(list -> list.objects().toList())
                .orElse(List.of());
        for (ObjectValue entry : entries) {
            String apiVersion = entry.string("apiVersion").orElse("");
            String operation = entry.string("operation").orElse("");
            Id id = new Id(
                    entry.string("manager").orElse(""),
                    operation,
                    operation.equals("Apply") ? "" : apiVersion,
                    entry.string("subresource").orElse(""));
            FieldSet fields = entry.object("fieldsV1").map(FieldSet::read).orElseGet(FieldSet::new);
            managers.owned.put(
                    id, new Owned(fields, apiVersion, entry.string("time").orElse("")));
        }
        return managers;
    }

    Map<Id, Owned> owned() {
        return owned;
    }

    Optional<Owned> find(Id id) {
        return Optional.ofNullable(owned.get(id));
    }

    Managers copy() {
        Managers copy = new Managers();
        copy.owned.putAll(owned);
        return copy;
    }

    boolean isEmpty() {
        return owned.isEmpty();
    }

    /** Puts the oldest owners by update together when there are too many. */
    void cap() {
        List<Id> updaters = owned.keySet().stream()
                .filter(id -> !id.applies())
                .sorted(Comparator.comparing(
                                (Id id) -> owned.getOrDefault(id, NOTHING).time())
                        .thenComparing(Id::manager))
                .toList();
        int over = updaters.size() - MOST_UPDATERS;
        for (int i = 0; over > 0 && i < updaters.size() && i <= over; i++) {
            Owned old = owned.remove(updaters.get(i));
            if (old == null) {
                continue;
            }
            Id bucket = Id.updater(ANCIENT, old.apiVersion(), "");
            Owned gathered = owned.get(bucket);
            owned.put(
                    bucket,
                    gathered == null
                            ? old
                            : gathered.with(gathered.fields().union(old.fields()))
                                    .at(old.time()));
        }
    }

    private static final Owned NOTHING = new Owned(new FieldSet(), "", "");

    /** Puts the owners into an object. */
    void write(ObjectValue object) {
        ObjectValue metadata = object.objectOrNew("metadata");
        metadata.remove("managedFields");
        if (owned.isEmpty()) {
            return;
        }
        ArrayValue entries = new ArrayValue();
        owned.entrySet().stream()
                .sorted(Comparator.comparing(
                                (Map.Entry<Id, Owned> entry) -> entry.getKey().operation())
                        .thenComparing(entry -> entry.getValue().time())
                        .thenComparing(entry -> entry.getKey().manager())
                        .thenComparing(entry -> entry.getValue().apiVersion())
                        .thenComparing(entry -> entry.getKey().subresource()))
                .forEach(entry -> entries.add(entry(entry.getKey(), entry.getValue())));
        metadata.put("managedFields", entries);
    }

    private static ObjectValue entry(Id id, Owned owned) {
        ObjectValue entry = new ObjectValue()
                .put("manager", id.manager())
                .put("operation", id.operation())
                .put("apiVersion", owned.apiVersion());
        if (!owned.time().isEmpty()) {
            entry.put("time", owned.time());
        }
        entry.put("fieldsType", "FieldsV1").put("fieldsV1", owned.fields().write());
        if (!id.subresource().isEmpty()) {
            entry.put("subresource", id.subresource());
        }
        return entry;
    }
}
