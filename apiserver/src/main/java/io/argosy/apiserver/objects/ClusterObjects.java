package io.argosy.apiserver.objects;

import io.argosy.apimodel.meta.GroupResource;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Reads and writes objects without the way of a request: no authorization, no admission, no defaults. Trees are in the
 * storage version, carry apiVersion and kind, and belong to the caller.
 *
 * <p>Reads answer from memory and may be older than the store by a moment. Writes go to the store; what they lack of
 * metadata (uid, creationTimestamp) they are given. Errors are {@link io.argosy.apimodel.status.ApiException}s.
 */
public interface ClusterObjects {

    /** An object as this server last saw it. */
    Optional<ObjectValue> find(GroupResource resource, String namespace, String name);

    /** An object as the store holds it now. */
    Optional<ObjectValue> findLatest(GroupResource resource, String namespace, String name);

    /** The objects of a namespace, or all when it is empty. */
    List<ObjectValue> list(GroupResource resource, String namespace);

    /** Stores a new object; fails with AlreadyExists. The place is the object's metadata. */
    ObjectValue create(GroupResource resource, ObjectValue object);

    /**
     * Changes an object as it is now: the change is applied again when another writer was faster, so it must be a pure
     * function. A change that returns an equal tree writes nothing.
     *
     * @throws io.argosy.apimodel.status.ApiException NotFound, or what the change throws
     */
    ObjectValue update(GroupResource resource, String namespace, String name, UnaryOperator<ObjectValue> change);

    /** Removes an object if it is still the one of this uid; true when it was. */
    boolean delete(GroupResource resource, String namespace, String name, String uid);

    /** Tells all objects, then each change in order, from one thread, until closed. Returns when all were told once. */
    AutoCloseable follow(GroupResource resource, Follower follower);

    /** Hears of objects. Trees are shared: to be read only. */
    interface Follower {
        void present(ObjectValue object);

        void absent(ObjectValue last);
    }
}
