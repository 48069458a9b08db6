package io.argosy.apiserver.server;

import io.argosy.apiserver.cache.ResourceCache;
import io.argosy.apiserver.flowcontrol.FlowControl;
import io.argosy.apiserver.handler.Served;
import io.argosy.apiserver.request.RequestNotes;
import io.argosy.apiserver.request.Target;
import java.util.Optional;

/** Lets requests in by priority and in fairness; connections not at all by that, as they take hours and no work. */
final class FairGate implements Gate {

    /** A list of so many objects takes one seat. */
    private static final long OBJECTS_PER_SEAT = 100;

    private static final int WIDEST = 10;

    private final FlowControl control;
    private final ServedResources resources;

    FairGate(FlowControl control, ServedResources resources) {
        this.control = control;
        this.resources = resources;
    }

    @Override
    public Seat enter(Caller caller, RequestNotes notes) throws InterruptedException {
        Target target = caller.target();
        boolean watch = target.verb().equals("watch");
        if (caller.longRunning() && !watch) {
            return Seat.FREE;
        }
        FlowControl.Seat seat = control.enter(target, caller.user(), width(caller), notes);
        if (watch) {
            // It has waited for its turn to begin; what follows costs next to nothing.
            seat.close();
            return Seat.FREE;
        }
        return seat::close;
    }

    private int width(Caller caller) {
        Target target = caller.target();
        if (!target.verb().equals("list") || !target.name().isEmpty()) {
            return 1;
        }
        Optional<ResourceCache> cache = resources
                .find(target.groupVersionResource())
                .flatMap(Served::registry)
                .map(registry -> registry.cache());
        return cache.map(known -> ofList(known.size(), caller.query().get("limit")))
                .orElse(1);
    }

    /** The seats of a list. */
    static int ofList(long stored, String limit) {
        long objects = stored;
        try {
            long asked = limit.isEmpty() ? 0 : Long.parseLong(limit);
            objects = asked > 0 ? Math.min(asked, stored) : stored;
        } catch (NumberFormatException _) {
            // It is refused later.
        }
        return Math.clamp(Math.ceilDiv(objects, OBJECTS_PER_SEAT), 1, WIDEST);
    }
}
