package io.argosy.controllermanager.node;

/** How many nodes of a zone are silent, and how fast their pods may be driven away. */
enum ZoneHealth {
    NORMAL,
    PARTIAL_DISRUPTION,
    FULL_DISRUPTION;

    /** A zone is disrupted when more than two nodes and a large part of it are not ready; fully, when none is. */
    static ZoneHealth of(int ready, int notReady, double threshold) {
        if (ready == 0 && notReady > 0) {
            return FULL_DISRUPTION;
        }
        return notReady > 2 && (double) notReady / (notReady + ready) >= threshold ? PARTIAL_DISRUPTION : NORMAL;
    }

    /**
     * Nodes a second.
     *
     * @param everywhere whether all zones are fully disrupted: then it is rather this side that is cut off
     * @param size nodes of the zone
     */
    double rate(boolean everywhere, int size, double normal, double secondary, int large) {
        return switch (this) {
            case NORMAL -> normal;
            case FULL_DISRUPTION -> everywhere ? 0 : normal;
            case PARTIAL_DISRUPTION -> size > large ? secondary : 0;
        };
    }
}
