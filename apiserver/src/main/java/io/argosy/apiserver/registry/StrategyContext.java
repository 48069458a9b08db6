package io.argosy.apiserver.registry;

import io.argosy.apimodel.meta.GroupVersionResource;
import io.argosy.apiserver.authn.UserInfo;
import java.time.Instant;

/**
 * What a strategy may know of the request.
 *
 * @param resource in the version of the request
 * @param namespace of the object, empty when cluster-scoped
 * @param name of the object, empty before a name was generated
 * @param subresource the subresource written to, or empty
 * @param user who writes
 * @param now the time of the request
 */
public record StrategyContext(
        GroupVersionResource resource, String namespace, String name, String subresource, UserInfo user, Instant now) {}
