package io.argosy.client.request;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.apimodel.status.ApiException;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Optional;

/**
 * Calls for one resource; see {@link ApiClient} for errors. Objects that are handed in are not changed and not kept.
 *
 * @param <T> the object's type
 */
public interface ResourceClient<T extends HasMetadata> {

    ResourceType<T> type();

    /** Throws {@link ApiException} 404 when there is none. */
    T get(ObjectKey key);

    /** Empty when there is none. */
    default Optional<T> find(ObjectKey key) {
        try {
            return Optional.of(get(key));
        } catch (ApiException e) {
            if (e.is(404)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** One page, or everything when the query has no limit. */
    ObjectList<T> list(ListQuery query);

    /** Creates in the namespace of the object's metadata. */
    T create(T object);

    T create(T object, WriteOptions options);

    /** Replaces; with the object's resourceVersion as the precondition when it has one. */
    T update(T object);

    /** Replaces one subresource: {@code status}, {@code scale}, {@code approval}, {@code finalize}. */
    T update(T object, String subresource);

    default T updateStatus(T object) {
        return update(object, "status");
    }

    default T patch(ObjectKey key, Patch patch) {
        return patch(key, patch, "", WriteOptions.NONE);
    }

    default T patchStatus(ObjectKey key, Patch patch) {
        return patch(key, patch, "status", WriteOptions.NONE);
    }

    /** @param subresource empty for the object itself */
    T patch(ObjectKey key, Patch patch, String subresource, WriteOptions options);

    /** Deletes, or begins to. 404 is an {@link ApiException}, as everywhere. */
    DeleteResult delete(ObjectKey key, DeleteOptions options);

    default DeleteResult delete(ObjectKey key) {
        return delete(key, DeleteOptions.NONE);
    }

    void deleteAll(ListQuery query, DeleteOptions options);

    /** Creates a subresource: {@code binding}, {@code eviction}, {@code token}; the answer is of the body's type. */
    <B> B createSubresource(ObjectKey key, String subresource, B body);

    /** Reads a subresource as a type of its own: {@code scale}. */
    <B> B getSubresource(ObjectKey key, String subresource, Class<B> as);

    /** Opens a watch; close it when done. */
    WatchStream<T> watch(WatchQuery query);
}
