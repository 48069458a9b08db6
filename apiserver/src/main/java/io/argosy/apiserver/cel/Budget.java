package io.argosy.apiserver.cel;

/** What the expressions of one object may cost together. Used by one thread. */
public final class Budget {

    /** Of one expression: about a tenth of a second. */
    static final long PER_CALL = 1_000_000;

    private long left;

    private Budget(long left) {
        this.left = left;
    }

    /** Of a policy and its binding, or of a custom resource: about a second. */
    public static Budget ofPolicy() {
        return new Budget(10_000_000);
    }

    /** Of the match conditions of one webhook or policy. */
    public static Budget ofMatchConditions() {
        return new Budget(2_500_000);
    }

    /** Takes a cost away; false when there was not enough. */
    boolean spend(long cost) {
        left -= cost;
        return left >= 0;
    }

    long left() {
        return left;
    }
}
