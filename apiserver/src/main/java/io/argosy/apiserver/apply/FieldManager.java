package io.argosy.apiserver.apply;

import io.argosy.apimodel.schema.ObjectSchema;
import io.argosy.apimodel.schema.Schema;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.time.ApiTime;
import io.argosy.apimodel.tree.ObjectValue;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps {@code metadata.managedFields} true as objects are written, and merges applied configurations. Trees are in the
 * version of the request. See the Kubernetes page "Server-Side Apply".
 */
public final class FieldManager {

    private static final String BEFORE_FIRST_APPLY = "before-first-apply";

    /** Never owned by anyone: who the object is, and what the server writes. */
    private static final List<List<String>> UNOWNED = List.of(
            List.of("apiVersion"),
            List.of("kind"),
            List.of("metadata"),
            List.of("metadata", "name"),
            List.of("metadata", "namespace"),
            List.of("metadata", "creationTimestamp"),
            List.of("metadata", "selfLink"),
            List.of("metadata", "uid"),
            List.of("metadata", "clusterName"),
            List.of("metadata", "generation"),
            List.of("metadata", "managedFields"),
            List.of("metadata", "resourceVersion"));

    private final Versions versions;
    private final String apiVersion;
    private final String subresource;
    private final FieldSet ignored;
    private final InstantSource clock;

    /** The versions in which owners may own fields. */
    public interface Versions {
        /** Empty when the version is not (or no longer) there. */
        Optional<ObjectSchema> schema(String apiVersion);

        /** The object in another version; the tree given is not changed. */
        ObjectValue convert(ObjectValue object, String toApiVersion);
    }

    /**
     * @param apiVersion of the trees
     * @param subresource written to, or empty
     * @param ignored dotted paths that writes here do not own, with all below them
     */
    public FieldManager(
            Versions versions, String apiVersion, String subresource, List<String> ignored, InstantSource clock) {
        this.versions = versions;
        this.apiVersion = apiVersion;
        this.subresource = subresource;
        this.ignored =
                paths(ignored.stream().map(path -> List.of(path.split("\\."))).toList());
        this.clock = clock;
    }

    private static FieldSet paths(List<List<String>> names) {
        FieldSet set = new FieldSet();
        for (List<String> path : names) {
            List<PathElement> elements = new ArrayList<>();
            path.forEach(name -> elements.add(new PathElement.Name(name)));
            set.addPath(elements);
        }
        return set;
    }

    /**
     * An object written by create, update or patch, with its owners brought up to date.
     *
     * @param live what is stored, empty for a create
     * @param written the new state; its managedFields are a request to reset them when they are empty
     */
    public ObjectValue update(Optional<ObjectValue> live, ObjectValue written, String manager) {
        ObjectValue before = live.orElseGet(() -> empty(written));
        Managers managers = startFrom(before, written);
        if (live.isPresent() && managers.isEmpty()) {
            managers.write(written);
            return written;
        }
        updated(before, written, managers, manager).write(written);
        return written;
    }

    private ObjectValue empty(ObjectValue like) {
        ObjectValue empty = versions.schema(apiVersion).map(EmptyObject::of).orElseGet(ObjectValue::new);
        return identified(empty, like);
    }

    /** Clients may remove all owners, and may write an older state of them; else the stored ones hold. */
    private static Managers startFrom(ObjectValue before, ObjectValue written) {
        boolean resets = written.array("metadata", "managedFields")
                .map(list -> list.size() == 1 && list.get(0) instanceof ObjectValue entry && entry.isEmpty())
                .orElse(false);
        if (resets) {
            return new Managers();
        }
        Managers given = Managers.read(written);
        return given.isEmpty() ? Managers.read(before) : given;
    }

    private Managers updated(ObjectValue before, ObjectValue after, Managers managers, String manager) {
        Managers.Id id = Managers.Id.updater(manager, apiVersion, subresource);
        Map<String, Comparison> differences = new HashMap<>();
        Comparison here = compare(before, after, apiVersion, differences).orElseThrow();
        Managers result = withoutChanged(before, after, managers, differences);
        Optional<Managers.Owned> former = managers.find(id);
        FieldSet own = result.find(id).map(Managers.Owned::fields).orElseGet(FieldSet::new);
        FieldSet now = own.difference(here.removed())
                .union(here.modified())
                .union(here.added())
                .withoutTrees(ignored)
                .difference(paths(UNOWNED));
        if (now.isEmpty()) {
            result.owned().remove(id);
        } else {
            boolean same = former.isPresent() && former.get().fields().equals(now);
            String time = same ? former.get().time() : ApiTime.format(clock.instant());
            result.owned().put(id, new Managers.Owned(now, apiVersion, time));
        }
        result.cap();
        return result;
    }

    /** The owners without what changed: it now belongs to who changed it, or to nobody. */
    private Managers withoutChanged(
            ObjectValue before, ObjectValue after, Managers managers, Map<String, Comparison> differences) {
        Managers result = new Managers();
        managers.owned().forEach((id, owned) -> {
            Optional<Comparison> difference = compare(before, after, owned.apiVersion(), differences);
            if (difference.isEmpty()) {
                return;
            }
            FieldSet kept = owned.fields()
                    .difference(difference.get().modified())
                    .difference(difference.get().added())
                    .difference(difference.get().removed());
            if (!kept.isEmpty()) {
                result.owned().put(id, owned.with(kept));
            }
        });
        return result;
    }

    private Optional<Comparison> compare(
            ObjectValue before, ObjectValue after, String version, Map<String, Comparison> known) {
        Comparison made = known.get(version);
        if (made != null) {
            return Optional.of(made);
        }
        Optional<ObjectSchema> schema = versions.schema(version);
        if (schema.isEmpty()) {
            return Optional.empty();
        }
        boolean same = version.equals(apiVersion);
        Comparison comparison = Comparison.of(
                        same ? before : versions.convert(before, version),
                        same ? after : versions.convert(after, version),
                        schema.get())
                .without(ignored);
        known.put(version, comparison);
        return Optional.of(comparison);
    }

    /**
     * The object with a configuration merged in, and its owners.
     *
     * @param live what is stored; of a new object only apiVersion and kind
     * @param config conformed, not defaulted
     * @param force takes fields that others own
     * @throws ApiException 409 when others own fields that the configuration changes
     */
    public ObjectValue apply(ObjectValue live, ObjectValue config, String manager, boolean force) {
        if (config.array("metadata", "managedFields")
                .map(list -> !list.isEmpty())
                .orElse(false)) {
            throw ApiException.badRequest("metadata.managedFields must be nil");
        }
        Schema schema = versions.schema(apiVersion).orElseThrow();
        Managers managers = Managers.read(live);
        if (managers.isEmpty() && live.at("metadata", "uid").isPresent()) {
            managers = updated(empty(live), live, managers, BEFORE_FIRST_APPLY);
        }
        ObjectValue bare = live.copy();
        bare.object("metadata").ifPresent(metadata -> metadata.remove("managedFields"));
        Managers.Id id = Managers.Id.applier(manager, subresource);
        Managers former = managers.copy();
        Optional<Managers.Owned> last = managers.find(id);
        FieldSet set = OwnedFields.of(config, schema).withoutTrees(ignored).difference(paths(UNOWNED));
        Managers next = managers.copy();
        next.owned()
                .put(
                        id,
                        new Managers.Owned(
                                set, apiVersion, last.map(Managers.Owned::time).orElse("")));
        ObjectValue merged = prune(Merge.merge(bare, config, schema), next, last);
        Managers settled = settle(bare, merged, next, id, force);
        settled.find(id).ifPresent(owned -> {
            boolean unchanged = merged.equals(bare)
                    && former.find(id)
                            .map(old -> old.fields().equals(owned.fields())
                                    && old.apiVersion().equals(owned.apiVersion()))
                            .orElse(false);
            if (!unchanged) {
                settled.owned().put(id, owned.at(ApiTime.format(clock.instant())));
            }
        });
        settled.write(merged);
        return merged;
    }

    private Managers settle(
            ObjectValue before, ObjectValue after, Managers managers, Managers.Id applier, boolean force) {
        Map<String, Comparison> differences = new HashMap<>();
        Map<Managers.Id, Managers.Owned> conflicts = new LinkedHashMap<>();
        Managers result = new Managers();
        managers.owned().forEach((id, owned) -> {
            if (id.equals(applier)) {
                if (!owned.fields().isEmpty()) {
                    result.owned().put(id, owned);
                }
                return;
            }
            Optional<Comparison> difference = compare(before, after, owned.apiVersion(), differences);
            if (difference.isEmpty()) {
                return;
            }
            FieldSet taken = owned.fields()
                    .intersection(
                            difference.get().modified().union(difference.get().added()));
            if (!taken.isEmpty()) {
                conflicts.put(id, owned.with(taken));
            }
            FieldSet kept =
                    owned.fields().difference(taken).difference(difference.get().removed());
            if (!kept.isEmpty()) {
                result.owned().put(id, owned.with(kept));
            }
        });
        if (!force && !conflicts.isEmpty()) {
            throw Conflicts.of(conflicts);
        }
        return result;
    }

    /** Takes out what the applier's last configuration had and this one has not, unless somebody else owns it. */
    private ObjectValue prune(ObjectValue merged, Managers managers, Optional<Managers.Owned> last) {
        if (last.isEmpty() || last.get().fields().isEmpty()) {
            return merged;
        }
        String version = last.get().apiVersion();
        Optional<ObjectSchema> schema = versions.schema(version);
        if (schema.isEmpty()) {
            return merged;
        }
        ObjectSchema type = schema.get();
        ObjectValue whole = versions.convert(merged, version);
        FieldSet lastFields = last.get().fields().withNamedParents(type);
        ObjectValue pruned = Removal.remove(whole, lastFields, type);
        Map<String, FieldSet> byVersion = new LinkedHashMap<>();
        managers.owned()
                .values()
                .forEach(owned -> byVersion.merge(owned.apiVersion(), owned.fields(), FieldSet::union));
        pruned = addBackOwned(whole, pruned, type, byVersion.getOrDefault(version, new FieldSet()));
        for (Map.Entry<String, FieldSet> other : byVersion.entrySet()) {
            Optional<ObjectSchema> otherType = versions.schema(other.getKey());
            if (!other.getKey().equals(version) && otherType.isPresent()) {
                pruned = versions.convert(
                        addBackOwned(
                                versions.convert(whole, other.getKey()),
                                versions.convert(identified(pruned, whole), other.getKey()),
                                otherType.get(),
                                other.getValue()),
                        version);
            }
        }
        FieldSet all = OwnedFields.of(whole, type).withNamedParents(type);
        FieldSet left = OwnedFields.of(pruned, type).withNamedParents(type);
        ObjectValue result = Removal.remove(whole, all.difference(left).intersection(lastFields), type);
        return versions.convert(identified(result, whole), apiVersion);
    }

    private static ObjectValue addBackOwned(ObjectValue whole, ObjectValue pruned, ObjectSchema type, FieldSet owned) {
        FieldSet all = OwnedFields.of(whole, type).withNamedParents(type);
        FieldSet left = OwnedFields.of(pruned, type).withNamedParents(type);
        return Removal.remove(whole, all.difference(left).difference(owned.withNamedParents(type)), type);
    }

    private static ObjectValue identified(ObjectValue object, ObjectValue like) {
        like.at("apiVersion").ifPresent(value -> object.put("apiVersion", value));
        like.at("kind").ifPresent(value -> object.put("kind", value));
        return object;
    }
}
