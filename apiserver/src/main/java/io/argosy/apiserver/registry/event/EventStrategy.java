package io.argosy.apiserver.registry.event;

import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.registry.Strategy;
import io.argosy.apiserver.registry.StrategyContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Writes to events, of both their groups. */
public final class EventStrategy implements Strategy {

    private final Duration timeToLive;

    /** @param timeToLive of {@code --event-ttl}; zero for ever */
    public EventStrategy(Duration timeToLive) {
        this.timeToLive = timeToLive;
    }

    @Override
    public Optional<Duration> timeToLive(ObjectValue event) {
        return timeToLive.isZero() ? Optional.empty() : Optional.of(timeToLive);
    }

    @Override
    public boolean createsOnUpdate() {
        return true;
    }

    @Override
    public Garbage garbage() {
        return Garbage.UNSUPPORTED;
    }

    /** Events are named freely; only their own group asks for more. */
    @Override
    public NameRule nameRule() {
        return NameRule.PATH_SEGMENT;
    }

    @Override
    public NameRule nameRule(StrategyContext context) {
        return strict(context) ? NameRule.DNS_SUBDOMAIN : NameRule.PATH_SEGMENT;
    }

    @Override
    public List<FieldError> validate(StrategyContext context, ObjectValue event) {
        return EventRules.create(event, strict(context));
    }

    @Override
    public List<FieldError> validateUpdate(StrategyContext context, ObjectValue event, ObjectValue old) {
        return EventRules.update(event, old, strict(context));
    }

    private static boolean strict(StrategyContext context) {
        return context.resource().group().equals("events.k8s.io");
    }
}
