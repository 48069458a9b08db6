package io.argosy.apiserver.cache;

import io.argosy.apimodel.meta.FieldSelector;
import io.argosy.apimodel.meta.LabelSelector;
import java.util.Optional;

/**
 * What a list asks for, as the request says it.
 *
 * @param namespace empty for all namespaces, and for cluster-scoped resources
 * @param name one object only, for requests that name it; else empty
 * @param limit the most objects wanted, or 0
 * @param continueToken from the page before, or empty
 * @param resourceVersion as given, or empty
 * @param resourceVersionMatch {@code Exact}, {@code NotOlderThan} or empty
 */
public record ListOptions(
        Optional<String> namespace,
        Optional<String> name,
        LabelSelector labels,
        FieldSelector fields,
        long limit,
        String continueToken,
        String resourceVersion,
        String resourceVersionMatch) {

    /** Everything, as fresh as can be. */
    public static final ListOptions ALL = new ListOptions(
            Optional.empty(), Optional.empty(), LabelSelector.everything(), FieldSelector.everything(), 0, "", "", "");

    /** Everything in a namespace, as fresh as can be. */
    public static ListOptions inNamespace(String namespace) {
        return ALL.withNamespace(Optional.of(namespace));
    }

    public ListOptions withNamespace(Optional<String> other) {
        return new ListOptions(
                other, name, labels, fields, limit, continueToken, resourceVersion, resourceVersionMatch);
    }

    public ListOptions withSelectors(LabelSelector otherLabels, FieldSelector otherFields) {
        return new ListOptions(
                namespace, name, otherLabels, otherFields, limit, continueToken, resourceVersion, resourceVersionMatch);
    }

    public ListOptions withPage(long otherLimit, String otherToken) {
        return new ListOptions(
                namespace, name, labels, fields, otherLimit, otherToken, resourceVersion, resourceVersionMatch);
    }

    public ListOptions withVersion(String otherVersion, String otherMatch) {
        return new ListOptions(namespace, name, labels, fields, limit, continueToken, otherVersion, otherMatch);
    }
}
