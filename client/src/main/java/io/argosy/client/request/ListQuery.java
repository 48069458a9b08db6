package io.argosy.client.request;

/**
 * What to list; empty strings and zero leave a parameter out.
 *
 * @param namespace empty for all
 * @param resourceVersion empty for the newest state, {@code 0} for whatever a cache has
 * @param resourceVersionMatch {@code NotOlderThan} or {@code Exact}
 * @param limit page size
 * @param continueToken of the page before
 */
public record ListQuery(
        String namespace,
        String labelSelector,
        String fieldSelector,
        String resourceVersion,
        String resourceVersionMatch,
        long limit,
        String continueToken) {

    public static final ListQuery ALL = new ListQuery("", "", "", "", "", 0, "");

    public static ListQuery in(String namespace) {
        return new ListQuery(namespace, "", "", "", "", 0, "");
    }

    public ListQuery withLabels(String selector) {
        return new ListQuery(
                namespace, selector, fieldSelector, resourceVersion, resourceVersionMatch, limit, continueToken);
    }

    public ListQuery withFields(String selector) {
        return new ListQuery(
                namespace, labelSelector, selector, resourceVersion, resourceVersionMatch, limit, continueToken);
    }

    public ListQuery from(String version) {
        return new ListQuery(
                namespace, labelSelector, fieldSelector, version, resourceVersionMatch, limit, continueToken);
    }

    public ListQuery page(long size, String token) {
        return new ListQuery(
                namespace, labelSelector, fieldSelector, resourceVersion, resourceVersionMatch, size, token);
    }
}
