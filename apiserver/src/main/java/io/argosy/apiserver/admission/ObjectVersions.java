package io.argosy.apiserver.admission;

import io.argosy.apimodel.meta.GroupResource;
import io.argosy.apimodel.meta.GroupVersionKind;
import io.argosy.apimodel.meta.GroupVersionResource;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.List;
import java.util.Optional;

/** The forms in which admission may look at what is written. Thread-safe; a conversion may block. */
public interface ObjectVersions {

    /** The same objects under one of their names. */
    record Form(GroupVersionResource resource, GroupVersionKind kind) {}

    /** All forms of a resource, or of its subresource, the one given among them. */
    List<Form> equivalents(GroupVersionResource resource, String subresource);

    /**
     * An object in another version; the one given when it is of that kind already, else a new tree.
     *
     * @throws io.argosy.apimodel.status.ApiException when it cannot be converted
     */
    ObjectValue convert(ObjectValue object, GroupVersionKind from, GroupVersionKind to);

    /**
     * Brings an object that was changed from outside into its form: drops what its type does not have, and fills in
     * defaults.
     *
     * @throws io.argosy.apimodel.status.ApiException when it does not fit the type
     */
    void settle(ObjectValue object, GroupVersionKind kind);

    /**
     * A part of an object put over the whole, as server-side apply merges.
     *
     * @throws io.argosy.apimodel.status.ApiException when the part does not fit the type, or takes a place as a whole
     */
    ObjectValue merge(ObjectValue object, ObjectValue part, GroupVersionKind kind);

    /** Where objects of a kind are kept. */
    record Kept(GroupResource resource, boolean namespaced, GroupVersionKind storedKind) {}

    /** Where objects of a kind are kept; empty when they are not. */
    Optional<Kept> kept(GroupVersionKind kind);
}
