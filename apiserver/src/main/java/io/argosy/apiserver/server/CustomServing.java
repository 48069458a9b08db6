package io.argosy.apiserver.server;

import io.argosy.apimodel.definition.ResourceDefinition;
import io.argosy.apimodel.meta.GroupResource;
import io.argosy.apimodel.meta.GroupVersion;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.authn.UserInfo;
import io.argosy.apiserver.cache.Converter;
import io.argosy.apiserver.cache.ListOptions;
import io.argosy.apiserver.cache.ObjectImage;
import io.argosy.apiserver.cache.ReadVersion;
import io.argosy.apiserver.crd.CustomResources;
import io.argosy.apiserver.crd.StoredForm;
import io.argosy.apiserver.registry.generic.ResourceRegistry;
import io.argosy.apiserver.registry.generic.WriteCall;
import io.argosy.apiserver.request.DeleteOptions;
import io.argosy.apiserver.request.RequestNotes;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Serves custom resources beside the built-in ones. */
final class CustomServing implements CustomResources.Serving {

    private static final UserInfo SERVER = UserInfo.of("system:apiserver", UserInfo.MASTERS_GROUP);

    private final ServedResources resources;

    CustomServing(ServedResources resources) {
        this.resources = resources;
    }

    @Override
    public void serve(ResourceDefinition definition, Converter converter) {
        UnaryOperator<ObjectValue> reading = converter.equals(Converter.RENAMING)
                ? new StoredForm(definition, converter)
                : StoredForm.inOwnVersion(definition);
        resources.put(definition, converter, reading);
    }

    @Override
    public void withdraw(GroupResource resource) {
        resources.remove(resource);
    }

    /** Objects with finalizers of their own stay until these are gone. */
    @Override
    public boolean empty(GroupResource resource) throws InterruptedException {
        Optional<ResourceRegistry> registry = resources.registry(resource);
        if (registry.isEmpty()) {
            return true;
        }
        List<ObjectImage> images = registry.get().cache().list(ListOptions.ALL).images();
        for (ObjectImage image : images) {
            delete(registry.get(), resource, image);
        }
        return registry.get().cache().list(ListOptions.ALL).images().isEmpty();
    }

    private static void delete(ResourceRegistry registry, GroupResource resource, ObjectImage image)
            throws InterruptedException {
        GroupVersion version =
                new GroupVersion(resource.group(), registry.definition().storageVersion());
        try {
            registry.delete(
                    new WriteCall(
                            version.resource(resource.resource()),
                            registry.definition().storageKind(),
                            "",
                            image.key().namespace(),
                            image.key().name(),
                            DeleteOptions.DEFAULT.toObject(),
                            false,
                            SERVER,
                            new RequestNotes(),
                            UnaryOperator.identity()),
                    DeleteOptions.DEFAULT);
        } catch (ApiException e) {
            if (registry.cache().get(image.key(), ReadVersion.MOST_RECENT).isPresent()) {
                throw e;
            }
        }
    }

    @Override
    public Set<String> builtInNames(String group) {
        Set<String> names = new HashSet<>();
        for (ResourceDefinition definition : resources.definitions().all()) {
            if (definition.builtIn() && definition.group().equals(group)) {
                names.add(definition.names().plural());
                names.add(definition.names().singular());
                names.add(definition.names().kind());
                names.add(definition.names().listKind());
                names.addAll(definition.names().shortNames());
            }
        }
        return names;
    }
}
