package io.argosy.apiserver.registry;

import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.tree.ObjectValue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is particular to one kind, or one subresource, on its way into the store. Functions on trees in the storage
 * version, defaulted; no I/O. One strategy serves all threads.
 *
 * <p>A create runs prepareForCreate, validate, warningsOnCreate, canonicalize; an update prepareForUpdate,
 * validateUpdate, warningsOnUpdate, canonicalize. The rules of metadata that hold for all kinds are checked by the caller.
 */
public interface Strategy {

    /** Clears and sets what clients may not: status, generation. */
    default void prepareForCreate(StrategyContext context, ObjectValue object) {}

    /** Keeps what this update may not change. */
    default void prepareForUpdate(StrategyContext context, ObjectValue object, ObjectValue old) {}

    default List<FieldError> validate(StrategyContext context, ObjectValue object) {
        return List.of();
    }

    /** All errors of the new object too, as {@link #validate} is not called for updates. */
    default List<FieldError> validateUpdate(StrategyContext context, ObjectValue object, ObjectValue old) {
        return List.of();
    }

    default List<String> warningsOnCreate(StrategyContext context, ObjectValue object) {
        return List.of();
    }

    default List<String> warningsOnUpdate(StrategyContext context, ObjectValue object, ObjectValue old) {
        return List.of();
    }

    /** Brings a valid object into the form that is stored. */
    default void canonicalize(ObjectValue object) {}

    /** Whether an update of an absent object creates it. */
    default boolean createsOnUpdate() {
        return false;
    }

    /** Whether an update may leave out the resourceVersion. */
    default boolean unconditionalUpdates() {
        return true;
    }

    /** What happens to dependents when a delete does not say. */
    default Garbage garbage() {
        return Garbage.DELETE_DEPENDENTS;
    }

    /** How name is checked, in upstream's rules for the kind. */
    default NameRule nameRule() {
        return NameRule.DNS_SUBDOMAIN;
    }

    /** As {@link #nameRule}, where that depends on the version of the request. */
    default NameRule nameRule(StrategyContext context) {
        return nameRule();
    }

    /**
     * How a delete lets the object go.
     *
     * @param requested the grace period of the request, empty when it says nothing
     * @return empty for kinds that are deleted at once; else the grace period that holds
     */
    default Optional<Duration> gracePeriod(StrategyContext context, ObjectValue object, Optional<Duration> requested) {
        return Optional.empty();
    }

    /** Marks an object whose deletion begins but is not complete: it has a deletionTimestamp already. */
    default void prepareForDelete(StrategyContext context, ObjectValue object) {}

    /** Whether an object without finalizers in its metadata may go: a Namespace has finalizers in its spec too. */
    default boolean mayVanish(ObjectValue object) {
        return true;
    }

    /** Whether a complete delete is answered with the object that was deleted instead of a Status. */
    default boolean returnsDeleted() {
        return false;
    }

    /** How long a stored object lives, for events. */
    default Optional<Duration> timeToLive(ObjectValue object) {
        return Optional.empty();
    }

    /** Paths (dotted, {@code status}, {@code metadata.finalizers}) whose values server-side apply does not own here. */
    default List<String> resetFields() {
        return List.of();
    }

    /** See {@link #garbage}. */
    enum Garbage {
        DELETE_DEPENDENTS,
        ORPHAN_DEPENDENTS,
        UNSUPPORTED
    }

    /** The rules that names keep, by upstream's function for the kind. */
    enum NameRule {
        DNS_SUBDOMAIN,
        DNS_LABEL,
        /** RFC 1035 label: services. */
        DNS_1035_LABEL,
        /** Any one path segment: RBAC. */
        PATH_SEGMENT
    }
}
