package io.argosy.controllermanager.resourcequota;

import io.argosy.apimodel.quota.Amounts;
import io.argosy.apimodel.quota.Evaluator;
import io.argosy.apimodel.quota.Quota;
import io.argosy.apimodel.tree.ObjectValue;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What the status of a quota should say. Pure. */
final class Recount {

    private Recount() {}

    /**
     * The use of what the spec limits. What cannot be measured now stays as the status says it.
     *
     * @param objects those of the namespace, by who measures them
     */
    static Amounts used(Quota quota, Map<Evaluator, List<ObjectValue>> objects, Instant now) {
        Amounts counted = Amounts.NONE;
        Amounts known = Amounts.NONE;
        for (Map.Entry<Evaluator, List<ObjectValue>> entry : objects.entrySet()) {
            Evaluator evaluator = entry.getKey();
            known = known.plus(Amounts.zeros(evaluator.matching(quota.wanted().names())));
            for (ObjectValue object : entry.getValue()) {
                if (quota.inScope(evaluator, object)) {
                    counted = counted.plus(evaluator.usage(object, now));
                }
            }
        }
        Amounts measured = known.plus(counted.only(known.names()));
        return quota.used().replacedBy(measured).only(quota.wanted().names());
    }

    /** Whether the status says something else than it should. */
    static boolean differs(Quota quota, Amounts used) {
        return !quota.counted() || !quota.wanted().sameAs(quota.hard()) || !used.sameAs(quota.used());
    }

    /** Whether somebody waits for the status: no write that the quota limits is let in before it says what is used. */
    static boolean isUrgent(Quota quota) {
        return !quota.wanted().sameAs(quota.hard()) || !quota.knows(quota.hard().names());
    }
}
