package io.argosy.apiserver.registry.event;

import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.status.FieldPath;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.registry.Strategy;
import io.argosy.apiserver.registry.StrategyContext;
import java.time.Duration;
import java.util.ArrayList;
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

    @Override
    public List<FieldError> validate(StrategyContext context, ObjectValue event) {
        return namespaceErrors(event);
    }

    @Override
    public List<FieldError> validateUpdate(StrategyContext context, ObjectValue event, ObjectValue old) {
        return namespaceErrors(event);
    }

    private static List<FieldError> namespaceErrors(ObjectValue event) {
        List<FieldError> errors = new ArrayList<>();
        String namespace = event.string("metadata", "namespace").orElse("");
        String involved = event.string("involvedObject", "namespace").orElse("");
        FieldPath path = FieldPath.of("involvedObject", "namespace");
        if (involved.isEmpty()) {
            boolean home = namespace.equals("default") || namespace.equals("kube-system");
            if (!home) {
                errors.add(FieldError.invalid(path, involved, "does not match event.namespace"));
            }
        } else if (!involved.equals(namespace)) {
            errors.add(FieldError.invalid(path, involved, "does not match event.namespace"));
        }
        return errors;
    }
}
