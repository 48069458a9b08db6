package io.argosy.client.delegated;

/**
 * What a request wants to do, as authorization is asked about it.
 *
 * @param path for a request that is about no resource; empty otherwise
 * @param resource empty for a path
 */
public record Access(String verb, String path, String resource, String subresource, String namespace, String name) {

    public static Access ofPath(String verb, String path) {
        return new Access(verb, path, "", "", "", "");
    }

    public static Access ofResource(String verb, String resource, String subresource, String name) {
        return new Access(verb, "", resource, subresource, "", name);
    }
}
