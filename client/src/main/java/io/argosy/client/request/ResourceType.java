package io.argosy.client.request;

import io.argosy.apimodel.meta.GroupVersion;
import io.argosy.apimodel.meta.GroupVersionKind;
import io.argosy.apimodel.meta.GroupVersionResource;
import io.argosy.apimodel.meta.ObjectKey;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespaced;
import java.util.Locale;
import java.util.Map;

/**
 * What a client has to know of a resource.
 *
 * @param javaType what objects are read into
 * @param resource where it is served
 * @param kind of its objects
 * @param metadataOnly whether the server is asked for objects with nothing but metadata (PartialObjectMetadata)
 */
public record ResourceType<T extends HasMetadata>(
        Class<T> javaType, GroupVersionResource resource, String kind, boolean namespaced, boolean metadataOnly) {

    /** Plurals that fabric8's own rule gets wrong or that have none. */
    private static final Map<String, String> PLURALS = Map.of("Endpoints", "endpoints");

    /** Of a fabric8 class. */
    public static <T extends HasMetadata> ResourceType<T> of(Class<T> type) {
        String apiVersion = HasMetadata.getApiVersion(type);
        String kind = HasMetadata.getKind(type);
        String plural = PLURALS.getOrDefault(kind, HasMetadata.getPlural(type));
        return new ResourceType<>(
                type,
                GroupVersion.parse(apiVersion).resource(plural.toLowerCase(Locale.ROOT)),
                kind,
                Namespaced.class.isAssignableFrom(type),
                false);
    }

    /** Of a resource that is known by its names only. */
    public static ResourceType<GenericKubernetesResource> generic(
            GroupVersionResource resource, String kind, boolean namespaced) {
        return new ResourceType<>(GenericKubernetesResource.class, resource, kind, namespaced, false);
    }

    /** Of a resource of which only metadata is wanted. */
    public static ResourceType<GenericKubernetesResource> metadata(
            GroupVersionResource resource, String kind, boolean namespaced) {
        return new ResourceType<>(GenericKubernetesResource.class, resource, kind, namespaced, true);
    }

    public GroupVersionKind groupVersionKind() {
        return new GroupVersionKind(resource.group(), resource.version(), kind);
    }

    /** {@code /api/v1/namespaces/x/pods}; all namespaces when it is empty. */
    public String path(String namespace) {
        String root = resource.group().isEmpty() ? "/api/" : "/apis/" + resource.group() + "/";
        String in = namespaced && !namespace.isEmpty() ? "/namespaces/" + namespace : "";
        return root + resource.version() + in + "/" + resource.resource();
    }

    /** Both parts are empty for an object without metadata, such as a review; the name is when the server gives one. */
    public static ObjectKey keyOf(HasMetadata object) {
        if (object.getMetadata() == null) {
            return new ObjectKey("", "");
        }
        String namespace = object.getMetadata().getNamespace();
        String name = object.getMetadata().getName();
        return new ObjectKey(namespace == null ? "" : namespace, name == null ? "" : name);
    }

    @Override
    public String toString() {
        return resource.toString();
    }
}
