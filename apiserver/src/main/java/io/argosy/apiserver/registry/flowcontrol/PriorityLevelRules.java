package io.argosy.apiserver.registry.flowcontrol;

import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.registry.check.Rules;
import io.argosy.apiserver.registry.check.Spot;

/** The rules of PriorityLevelConfigurations. */
public final class PriorityLevelRules {

    public static final Rules LEVELS = Rules.of(PriorityLevelRules::level)
            .onStatus((level, old) -> FlowSchemaRules.conditions(level.at("status")));

    private static final long MOST_QUEUES = 10_000_000;

    /** A hand of queues is dealt from the bits of one hash. */
    private static final int HASH_BITS = 60;

    private PriorityLevelRules() {}

    private static void level(Spot level) {
        Spot spec = level.at("spec");
        Spot type = spec.at("type");
        boolean exempt = type.text().equals("Exempt");
        if (exempt != level.at("metadata").text("name").equals("exempt")) {
            type.invalid("must be 'Exempt' if and only if `name` is 'exempt'");
        }
        switch (type.text()) {
            case "Exempt" -> {
                if (spec.at("limited").present()) {
                    spec.at("limited").forbidden("must be nil if the type is not Limited");
                }
                shares(spec.at("exempt"));
                lendable(spec.at("exempt"));
            }
            case "Limited" -> {
                if (spec.at("exempt").present()) {
                    spec.at("exempt").forbidden("must be nil if the type is Limited");
                }
                if (spec.at("limited").present()) {
                    limited(spec.at("limited"));
                } else {
                    spec.at("limited").required("must not be empty when type is Limited");
                }
            }
            default -> type.notSupported("Exempt", "Limited");
        }
        FlowSchemaRules.conditions(level.at("status"));
    }

    private static void shares(Spot limits) {
        if (limits.number("nominalConcurrencyShares") < 0) {
            limits.at("nominalConcurrencyShares").invalid("must be a non-negative integer");
        }
    }

    private static void lendable(Spot limits) {
        limits.at("lendablePercent").between(0, 100);
    }

    private static void limited(Spot limited) {
        shares(limited);
        response(limited.at("limitResponse"));
        lendable(limited);
        if (limited.number("borrowingLimitPercent") < 0) {
            limited.at("borrowingLimitPercent").invalid("if specified, must be a non-negative integer");
        }
    }

    private static void response(Spot response) {
        Spot queuing = response.at("queuing");
        switch (response.text("type")) {
            case "Reject" -> {
                if (queuing.present()) {
                    queuing.forbidden("must be nil if limited.limitResponse.type is not Limited");
                }
            }
            case "Queue" -> {
                if (queuing.present()) {
                    queuing(queuing);
                } else {
                    queuing.required("must not be empty if limited.limitResponse.type is Limited");
                }
            }
            default -> response.at("type").notSupported("Queue", "Reject");
        }
    }

    private static void queuing(Spot queuing) {
        positive(queuing.at("queueLengthLimit"));
        Spot queues = queuing.at("queues");
        positive(queues);
        if (queues.number() > MOST_QUEUES) {
            queues.invalid("must not be greater than " + MOST_QUEUES);
        }
        Spot hand = queuing.at("handSize");
        positive(hand);
        if (hand.number() > queues.number()) {
            hand.invalid(Value.of(hand.number()), "should not be greater than queues (" + queues.number() + ")");
        } else if (entropy(queues.number(), hand.number()) > HASH_BITS) {
            hand.invalid("required entropy bits of deckSize " + queues.number() + " and handSize " + hand.number()
                    + " should not be greater than " + HASH_BITS);
        }
    }

    /** The bits it takes to tell apart all hands that can be dealt, in order. */
    private static double entropy(long deck, long hand) {
        double bits = 0;
        for (long dealt = 0; dealt < hand && bits <= HASH_BITS; dealt++) {
            bits += Math.log((double) (deck - dealt)) / Math.log(2);
        }
        return Math.ceil(bits);
    }

    private static void positive(Spot number) {
        if (number.number() <= 0) {
            number.invalid(Value.of(number.number()), "must be positive");
        }
    }
}
