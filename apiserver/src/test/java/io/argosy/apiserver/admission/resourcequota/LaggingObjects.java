package io.argosy.apiserver.admission.resourcequota;

import io.argosy.apimodel.meta.GroupResource;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.objects.ClusterObjects;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A server whose memory is behind its store. */
record LaggingObjects(ClusterObjects memory, ClusterObjects store) implements ClusterObjects {

    @Override
    public Optional<ObjectValue> find(GroupResource resource, String namespace, String name) {
        return memory.find(resource, namespace, name);
    }

    @Override
    public Optional<ObjectValue> findLatest(GroupResource resource, String namespace, String name) {
        return store.find(resource, namespace, name);
    }

    @Override
    public List<ObjectValue> list(GroupResource resource, String namespace) {
        return memory.list(resource, namespace);
    }

    @Override
    public ObjectValue create(GroupResource resource, ObjectValue object) {
        return store.create(resource, object);
    }

    @Override
    public ObjectValue update(
            GroupResource resource, String namespace, String name, UnaryOperator<ObjectValue> change) {
        return store.update(resource, namespace, name, change);
    }

    @Override
    public boolean delete(GroupResource resource, String namespace, String name, String uid) {
        return store.delete(resource, namespace, name, uid);
    }

    @Override
    public AutoCloseable follow(GroupResource resource, Follower follower) {
        return memory.follow(resource, follower);
    }
}
