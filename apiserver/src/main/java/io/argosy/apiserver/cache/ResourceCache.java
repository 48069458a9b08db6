package io.argosy.apiserver.cache;

import io.argosy.apimodel.definition.ResourceDefinition;
import io.argosy.apimodel.definition.VersionDefinition;
import io.argosy.apimodel.meta.GroupVersion;
import io.argosy.apimodel.meta.GroupVersionKind;
import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.apimodel.schema.ObjectSchema;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.storage.StoreException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * All objects of one resource: reads from memory, writes through to the store. Safe for all threads; reads take no lock.
 *
 * <p>Objects go in and out in the stored version: {@link #form} turns them into others. Failures are
 * {@link ApiException}s: 504 when a revision is not reached in time or the outcome of a write is not known, 503 when the
 * store cannot be asked, 410 when a revision is too old, 429 while the cache is being filled.
 */
public final class ResourceCache {

    private final ResourceDefinition definition;
    private final String prefix;
    private final Map<GroupVersion, VersionForm> forms = new LinkedHashMap<>();
    private final Layout layout;
    private final ResourceState state;
    private final ResourceReader reader;
    private final ResourceWriter writer;

    ResourceCache(ResourceSetup setup, String root, CacheContext context) {
        this.definition = setup.definition();
        this.prefix = root + definition.storagePath() + "/";
        VersionDefinition stored = definition
                .version(definition.storageVersion())
                .orElse(definition.versions().getFirst());
        GroupVersionKind storedKind = kind(definition, stored.name());
        boolean plain = definition.builtIn() || setup.converter().equals(Converter.RENAMING);
        SelectableFields fields = new SelectableFields(
                definition.groupResource(),
                plain ? stored.selectableFields() : List.of(),
                definition.builtIn() ? Map.of() : otherFields(definition, stored, plain));
        this.layout = definition.builtIn()
                ? new ProtobufLayout(
                        storedKind,
                        stored.schema(),
                        schemas(setup),
                        setup.converter(),
                        fields,
                        context.budget(),
                        context.interner())
                : new JsonLayout(
                        storedKind, setup.converter(), setup.reading(), fields, context.budget(), context.interner());
        addForms(definition, storedKind, setup.converter());
        setup.aliases().forEach(alias -> addForms(alias, storedKind, setup.converter()));
        KeyPlace place = new KeyPlace(prefix, definition.namespaced());
        this.state = new ResourceState(definition.groupResource(), place, layout, setup.transformer(), context);
        this.reader =
                new ResourceReader(definition.groupResource(), place, layout, state, setup.transformer(), context);
        this.writer =
                new ResourceWriter(definition.groupResource(), place, layout, state, setup.transformer(), context);
    }

    /**
     * What other versions of a custom resource let clients select by; what the stored one does, too, when objects may be
     * stored in any version.
     */
    private static Map<String, String> otherFields(
            ResourceDefinition definition, VersionDefinition stored, boolean plain) {
        Map<String, String> others = new LinkedHashMap<>();
        if (!plain) {
            stored.selectableFields().forEach(field -> others.put(field, stored.name()));
        }
        for (VersionDefinition version : definition.versions()) {
            for (String field : version.selectableFields()) {
                if (!stored.selectableFields().contains(field)) {
                    others.putIfAbsent(field, version.name());
                }
            }
        }
        return others;
    }

    private static Map<String, Supplier<ObjectSchema>> schemas(ResourceSetup setup) {
        Map<String, Supplier<ObjectSchema>> schemas = new HashMap<>();
        Stream.concat(Stream.of(setup.definition()), setup.aliases().stream())
                .forEach(definition -> definition
                        .versions()
                        .forEach(version -> schemas.put(
                                new GroupVersion(definition.group(), version.name()).toString(), version.schema())));
        return schemas;
    }

    private void addForms(ResourceDefinition served, GroupVersionKind storedKind, Converter converter) {
        for (VersionDefinition version : served.versions()) {
            GroupVersionKind kind = kind(served, version.name());
            String listKind = served.names().listKind();
            forms.put(
                    kind.groupVersion(),
                    served.builtIn()
                            ? new TypedForm(kind, listKind, storedKind, converter, version.schema())
                            : new UntypedForm(kind, listKind, storedKind, converter));
        }
    }

    private static GroupVersionKind kind(ResourceDefinition definition, String version) {
        return new GroupVersionKind(
                definition.group(), version, definition.names().kind());
    }

    public ResourceDefinition definition() {
        return definition;
    }

    /** How a version is answered; throws when the resource has no such version. */
    public VersionForm form(GroupVersion version) {
        VersionForm form = forms.get(version);
        if (form == null) {
            throw new IllegalArgumentException(definition.groupResource() + " has no version " + version);
        }
        return form;
    }

    /** Whether a field selector may name a field. */
    public boolean selectable(String field) {
        return layout.fields().has(field);
    }

    public Optional<ObjectImage> get(ObjectKey key, ReadVersion version) throws InterruptedException {
        try {
            return reader.get(key, version);
        } catch (StoreException failed) {
            throw CacheErrors.of(failed);
        }
    }

    public ListPage list(ListOptions options) throws InterruptedException {
        try {
            return reader.list(options);
        } catch (StoreException failed) {
            throw CacheErrors.of(failed);
        }
    }

    /** A cursor for its reader to close. Errors that come with a watch's beginning are told by its first event. */
    public WatchCursor watch(WatchOptions options) throws InterruptedException {
        try {
            return reader.watch(options);
        } catch (StoreException failed) {
            throw CacheErrors.of(failed);
        }
    }

    /**
     * Stores a new object, given in the stored version; 409 {@code AlreadyExists} when there is one. The tree is used up:
     * resourceVersion and selfLink are taken out of it.
     *
     * @param timeToLive after which it is deleted by itself
     */
    public ObjectImage create(ObjectKey key, ObjectValue object, Optional<Duration> timeToLive) {
        return writer.create(key, object, timeToLive);
    }

    /** Replaces an object if it is still at the revision of the image. An update that changes nothing writes nothing. */
    public WriteResult update(ObjectKey key, ObjectImage expected, ObjectValue object, Optional<Duration> timeToLive) {
        return writer.update(key, expected, object, timeToLive);
    }

    public WriteResult update(ObjectKey key, ObjectImage expected, ObjectValue object) {
        return writer.update(key, expected, object, Optional.empty());
    }

    /** Deletes an object if it is still at the revision of the image. */
    public WriteResult delete(ObjectKey key, ObjectImage expected) {
        return writer.delete(key, expected);
    }

    /** The object as the store has it now: for a writer that must not rely on what the cache holds. */
    public Optional<ObjectImage> readFromStore(ObjectKey key) {
        return writer.readFromStore(key);
    }

    /** Objects held now. */
    public int size() {
        return state.current().tree().size();
    }

    public int watchers() {
        return state.watchers().count();
    }

    /** Whether the objects have been loaded. */
    public boolean synced() {
        return state.loaded();
    }

    String prefix() {
        return prefix;
    }

    ResourceState state() {
        return state;
    }
}
