package io.argosy.apiserver.handler;

import io.argosy.apimodel.codec.Conform;
import io.argosy.apimodel.codec.ParseNotes;
import io.argosy.apimodel.definition.Definitions;
import io.argosy.apimodel.definition.ResourceDefinition;
import io.argosy.apimodel.definition.SubresourceDefinition;
import io.argosy.apimodel.definition.VersionDefinition;
import io.argosy.apimodel.meta.GroupVersion;
import io.argosy.apimodel.meta.GroupVersionKind;
import io.argosy.apimodel.meta.GroupVersionResource;
import io.argosy.apimodel.schema.ObjectSchema;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.admission.ObjectVersions;
import io.argosy.apiserver.apply.PartialMerge;
import io.argosy.apiserver.cache.ResourceCache;
import io.argosy.apiserver.crd.schema.CustomTrees;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** The forms of objects for admission, by what is served now. */
public final class AdmissionForms implements ObjectVersions {

    private final Supplier<Definitions> definitions;
    private final Function<GroupVersionResource, Optional<Served>> served;
    private final Function<GroupVersionKind, Optional<ObjectSchema>> schemas;

    /** @param schemas of kinds that are no resource's own: Eviction, Scale */
    public AdmissionForms(
            Supplier<Definitions> definitions,
            Function<GroupVersionResource, Optional<Served>> served,
            Function<GroupVersionKind, Optional<ObjectSchema>> schemas) {
        this.definitions = definitions;
        this.served = served;
        this.schemas = schemas;
    }

    @Override
    public List<Form> equivalents(GroupVersionResource resource, String subresource) {
        Optional<ResourceDefinition> own = definitions.get().find(resource.groupResource());
        if (own.isEmpty()) {
            return List.of();
        }
        List<Form> forms = new ArrayList<>();
        for (ResourceDefinition definition : definitions.get().all()) {
            boolean same = definition.groupResource().equals(resource.groupResource())
                    || (definition.stored()
                            && definition.storagePath().equals(own.get().storagePath()));
            if (same) {
                definition
                        .versions()
                        .forEach(version ->
                                form(definition, version, subresource).ifPresent(forms::add));
            }
        }
        return forms;
    }

    private static Optional<Form> form(ResourceDefinition definition, VersionDefinition version, String subresource) {
        if (!version.served()) {
            return Optional.empty();
        }
        GroupVersion groupVersion = new GroupVersion(definition.group(), version.name());
        GroupVersionResource resource = groupVersion.resource(definition.names().plural());
        if (subresource.isEmpty()) {
            return Optional.of(
                    new Form(resource, groupVersion.kind(definition.names().kind())));
        }
        return Optional.ofNullable(version.subresources().get(subresource))
                .map(SubresourceDefinition::kind)
                .map(kind -> new Form(resource, kind));
    }

    @Override
    public ObjectValue convert(ObjectValue object, GroupVersionKind from, GroupVersionKind to) {
        if (from.equals(to)) {
            return object;
        }
        ResourceDefinition definition = definitions
                .get()
                .find(from)
                .orElseThrow(() -> ApiException.internal("unable to convert " + from + " to " + to + ": unknown kind"));
        ResourceCache cache = served.apply(
                        from.groupVersion().resource(definition.names().plural()))
                .orElseThrow(() -> ApiException.internal("unable to convert " + from + " to " + to))
                .stored()
                .cache();
        return cache.form(to.groupVersion())
                .fromStored(cache.form(from.groupVersion()).toStored(object.copy()));
    }

    @Override
    public void settle(ObjectValue object, GroupVersionKind kind) {
        Optional<VersionDefinition> version =
                definitions.get().find(kind).flatMap(definition -> definition.version(kind.version()));
        Optional<ObjectSchema> schema =
                version.map(known -> known.schema().get()).or(() -> schemas.apply(kind));
        if (schema.isEmpty()) {
            return;
        }
        if (CustomTrees.isCustom(schema.get())) {
            CustomTrees.fill(object, schema.get());
            CustomTrees.prune(object, schema.get(), new ParseNotes());
            return;
        }
        try {
            Conform.conform(object, schema.get(), new ParseNotes());
        } catch (ApiException wrong) {
            throw ApiException.internal(wrong.message());
        }
        version.ifPresent(known -> ObjectDefaults.fill(object, known));
    }

    @Override
    public ObjectValue merge(ObjectValue object, ObjectValue part, GroupVersionKind kind) {
        ObjectSchema schema = definitions
                .get()
                .find(kind)
                .flatMap(definition -> definition.version(kind.version()))
                .map(version -> version.schema().get())
                .or(() -> schemas.apply(kind))
                .orElseThrow(() -> ApiException.serviceUnavailable("Resource kind " + kind
                        + " not found. There can be a delay between when CustomResourceDefinitions are created and"
                        + " when they are available."));
        ParseNotes problems = new ParseNotes();
        if (!CustomTrees.isCustom(schema)) {
            Conform.conform(
                    part.copy().put("apiVersion", kind.apiVersion()).put("kind", kind.kind()), schema, problems);
        }
        if (!problems.isEmpty()) {
            throw ApiException.badRequest(
                    "failed to convert patch object to typed object: " + String.join(", ", problems.texts()));
        }
        return PartialMerge.merge(object, part, schema);
    }

    @Override
    public Optional<Kept> kept(GroupVersionKind kind) {
        return definitions
                .get()
                .find(kind)
                .filter(ResourceDefinition::stored)
                .map(definition ->
                        new Kept(definition.groupResource(), definition.namespaced(), definition.storageKind()));
    }
}
