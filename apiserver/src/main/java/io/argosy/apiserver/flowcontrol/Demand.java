package io.argosy.apiserver.flowcontrol;

/** How many seats a level has needed lately: the mean and how far it varied, in time, smoothed from period to period. */
final class Demand {

    /** How much of the past remains after each period. */
    private static final double REMAINS = 0.977;

    private double smooth;
    private long since;
    private long changed;
    private double current;
    private double highest;
    private double sum;
    private double squares;

    Demand(long now) {
        since = now;
        changed = now;
    }

    /** @param now never before an earlier one */
    void set(double seats, long now) {
        advance(now);
        current = seats;
        highest = Math.max(highest, seats);
    }

    private void advance(long now) {
        double elapsed = now - changed;
        sum += current * elapsed;
        squares += current * current * elapsed;
        changed = now;
    }

    /** Ends a period and tells what is needed in the next. */
    double endPeriod(long now) {
        advance(now);
        double elapsed = Math.max(1, now - since);
        double mean = sum / elapsed;
        double deviation = Math.sqrt(Math.max(0, squares / elapsed - mean * mean));
        double envelope = Math.min(mean + deviation, highest);
        smooth = Math.max(envelope, REMAINS * smooth + (1 - REMAINS) * envelope);
        double needed = Math.max(highest, smooth);
        since = now;
        highest = current;
        sum = 0;
        squares = 0;
        return needed;
    }
}
