package io.argosy.apiserver.flowcontrol;

import io.argosy.apimodel.tree.ObjectValue;
import java.util.Optional;

/**
 * What decisions look at of a PriorityLevelConfiguration.
 *
 * @param exempt whether its requests never wait
 * @param shares of the server's seats
 * @param lendablePercent how many of its seats others may use
 * @param borrowingPercent how many seats more than its own it may use; empty for any number
 * @param queues 0 to refuse instead of letting wait
 * @param handSize how many queues a flow has to choose from
 * @param queueLength the most that wait in one queue
 */
record LevelSettings(
        String name,
        String uid,
        boolean exempt,
        long shares,
        int lendablePercent,
        Optional<Integer> borrowingPercent,
        int queues,
        int handSize,
        int queueLength) {

    static LevelSettings of(ObjectValue level) {
        boolean exempt = level.string("spec", "type").orElse("").equals("Exempt");
        ObjectValue of = level.object("spec", exempt ? "exempt" : "limited").orElseGet(ObjectValue::new);
        boolean queuing = of.string("limitResponse", "type").orElse("").equals("Queue");
        ObjectValue queue = of.object("limitResponse", "queuing").orElseGet(ObjectValue::new);
        return new LevelSettings(
                level.string("metadata", "name").orElse(""),
                level.string("metadata", "uid").orElse(""),
                exempt,
                of.integer("nominalConcurrencyShares").orElse(exempt ? 0L : 30L),
                of.integer("lendablePercent").orElse(0L).intValue(),
                of.integer("borrowingLimitPercent").map(Long::intValue),
                queuing ? queue.integer("queues").orElse(64L).intValue() : 0,
                queue.integer("handSize").orElse(8L).intValue(),
                queue.integer("queueLengthLimit").orElse(50L).intValue());
    }
}
