package io.argosy.client.request;

import io.argosy.client.transport.HttpAnswer;
import io.argosy.client.transport.HttpCall;
import io.fabric8.kubernetes.api.model.HasMetadata;

/**
 * One identity's way to one apiserver. Safe for any thread; every call blocks its thread, which should be virtual.
 *
 * <p>Errors: {@link io.argosy.apimodel.status.ApiException} is what the server answered; {@link RequestException} that no
 * answer came, with whether a write may have been done; {@link RequestInterruptedException} that the thread was
 * interrupted. Reads, and writes that certainly did not reach the server, are repeated with back-off; no other write is.
 */
public interface ApiClient extends AutoCloseable {

    /** The calls for one resource. */
    <T extends HasMetadata> ResourceClient<T> resource(ResourceType<T> type);

    /** The calls for the resource that a fabric8 class describes. */
    default <T extends HasMetadata> ResourceClient<T> resource(Class<T> type) {
        return resource(ResourceType.of(type));
    }

    /** Any call, for paths that are no resources: discovery, {@code /readyz}, {@code /version}. */
    HttpAnswer call(HttpCall call);

    /** The same connection under another user agent, for the controllers of one process. */
    ApiClient named(String userAgent);

    @Override
    void close();
}
