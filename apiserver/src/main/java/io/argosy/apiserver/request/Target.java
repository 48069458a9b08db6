package io.argosy.apiserver.request;

import io.argosy.apimodel.meta.GroupVersionResource;
import java.util.List;

/**
 * What a request's method and path say it is for; known before anything is looked up.
 *
 * @param verb get, list, watch, create, update, patch, delete, deletecollection, proxy; the lower-case HTTP method for
 *     requests that are not for resources
 * @param path percent-decoded
 * @param prefix {@code api} or {@code apis}; empty for requests that are not for resources
 * @param namespace also the name for requests on one Namespace object; empty when cluster-scoped
 * @param name empty for collections
 * @param parts the path from the resource on, split at slashes
 * @param fieldSelector as it came, of collections
 * @param labelSelector as it came, of collections
 */
public record Target(
        boolean resourceRequest,
        String verb,
        String path,
        String prefix,
        String group,
        String version,
        String namespace,
        String resource,
        String subresource,
        String name,
        List<String> parts,
        String fieldSelector,
        String labelSelector) {

    public Target {
        parts = List.copyOf(parts);
    }

    public static Target path(String verb, String path) {
        return new Target(false, verb, path, "", "", "", "", "", "", "", List.of(), "", "");
    }

    public GroupVersionResource groupVersionResource() {
        return new GroupVersionResource(group, version, resource);
    }
}
