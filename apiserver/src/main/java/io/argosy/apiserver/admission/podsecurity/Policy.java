package io.argosy.apiserver.admission.podsecurity;

/**
 * What is done about pods of a namespace.
 *
 * @param enforce what else is refused
 * @param audit what else is noted in the audit event
 * @param warn what else the client is warned of
 */
record Policy(Standard enforce, Standard audit, Standard warn) {

    static final Policy NONE = new Policy(Standard.PRIVILEGED, Standard.PRIVILEGED, Standard.PRIVILEGED);

    boolean allowsAll() {
        return enforce.level() == Level.PRIVILEGED
                && audit.level() == Level.PRIVILEGED
                && warn.level() == Level.PRIVILEGED;
    }

    boolean allowsLike(Policy other) {
        return enforce.allowsLike(other.enforce) && audit.allowsLike(other.audit) && warn.allowsLike(other.warn);
    }
}
