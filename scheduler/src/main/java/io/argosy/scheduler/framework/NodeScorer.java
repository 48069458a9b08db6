package io.argosy.scheduler.framework;

/** A plugin's score, made ready for one pod and the nodes that could take it. */
@FunctionalInterface
public interface NodeScorer {

    long MAX = 100;

    /** The more the better; 0 to {@link #MAX} after {@link #normalize}. */
    long score(int slot);

    /** NormalizeScore: brings the scores of all nodes into range, in place. */
    default void normalize(long[] scores, int[] slots) {}

    /** Scales to 0..{@link #MAX} by the largest; reversed, the largest gets 0. */
    static void scale(long[] scores, boolean reverse) {
        long most = 0;
        for (long score : scores) {
            most = Math.max(most, score);
        }
        for (int i = 0; i < scores.length; i++) {
            if (most == 0) {
                scores[i] = reverse ? MAX : scores[i];
                continue;
            }
            long scaled = MAX * scores[i] / most;
            scores[i] = reverse ? MAX - scaled : scaled;
        }
    }
}
