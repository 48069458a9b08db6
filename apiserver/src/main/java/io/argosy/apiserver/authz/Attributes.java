package io.argosy.apiserver.authz;

import io.argosy.apiserver.authn.UserInfo;
import java.util.List;

/**
 * What a request wants to do, as authorizers see it.
 *
 * @param verb get, list, watch, create, update, patch, delete, deletecollection, or any custom verb; the lower-case HTTP
 *     method for requests that are not for resources
 * @param resourceRequest false for paths outside {@code /api} and {@code /apis}
 * @param path of requests that are not for resources
 * @param fieldSelector the parsed requirements of a list, watch or deletecollection; empty when absent or unreadable
 */
public record Attributes(
        UserInfo user,
        String verb,
        boolean resourceRequest,
        String namespace,
        String group,
        String version,
        String resource,
        String subresource,
        String name,
        String path,
        List<Requirement> fieldSelector,
        List<Requirement> labelSelector) {

    /** One term of a selector: key, operator ({@code =}, {@code !=}, {@code In}, ...), values. */
    public record Requirement(String key, String operator, List<String> values) {
        public Requirement {
            values = List.copyOf(values);
        }
    }

    public Attributes {
        fieldSelector = List.copyOf(fieldSelector);
        labelSelector = List.copyOf(labelSelector);
    }

    public static Attributes resource(
            UserInfo user,
            String verb,
            String namespace,
            String group,
            String version,
            String resource,
            String subresource,
            String name) {
        return new Attributes(
                user, verb, true, namespace, group, version, resource, subresource, name, "", List.of(), List.of());
    }

    public static Attributes path(UserInfo user, String verb, String path) {
        return new Attributes(user, verb, false, "", "", "", "", "", "", path, List.of(), List.of());
    }

    public Attributes withVerb(String other) {
        return new Attributes(
                user,
                other,
                resourceRequest,
                namespace,
                group,
                version,
                resource,
                subresource,
                name,
                path,
                fieldSelector,
                labelSelector);
    }
}
