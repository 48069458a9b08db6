package io.argosy.apiserver.admission.podsecurity;

/** One of the Pod Security Standards: {@code restricted:latest}. */
record Standard(Level level, Release release) {

    static final Standard PRIVILEGED = new Standard(Level.PRIVILEGED, Release.LATEST);

    /** Whether both allow the same, whatever the release of a privileged one. */
    boolean allowsLike(Standard other) {
        return equals(other) || (level == Level.PRIVILEGED && other.level == Level.PRIVILEGED);
    }

    @Override
    public String toString() {
        return level + ":" + release;
    }
}
