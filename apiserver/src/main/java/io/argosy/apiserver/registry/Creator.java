package io.argosy.apiserver.registry;

import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.request.ApiRequest;

/**
 * Answers a POST that stores nothing of its own kind: reviews, and subresources like binding, eviction and token.
 *
 * <p>The caller has decoded, defaulted and admitted (mutating) the body. {@link Call#admit} must be called once, on the
 * body as it is, before anything is written.
 */
public interface Creator {

    /** The object to answer with; a metav1.Status is sent with its own code. */
    ObjectValue create(Call call) throws InterruptedException;

    /**
     * @param body in the version of the request
     * @param admit runs the validating plugins
     */
    record Call(ApiRequest request, ObjectValue body, boolean dryRun, Runnable admit) {}
}
