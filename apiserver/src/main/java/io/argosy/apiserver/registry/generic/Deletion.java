package io.argosy.apiserver.registry.generic;

import io.argosy.apimodel.meta.GroupResource;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.time.ApiTime;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.registry.Strategy;
import io.argosy.apiserver.registry.StrategyContext;
import io.argosy.apiserver.request.DeleteOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a delete does to an object as it is now. */
sealed interface Deletion {

    /** The object stays a while, marked as being deleted, and may then be deleted at once when {@code thenGone}. */
    record Mark(ObjectValue object, boolean thenGone) implements Deletion {}

    /** The object is removed. */
    record Remove() implements Deletion {}

    /** The object is on its way out already and nothing changes. */
    record Pending() implements Deletion {}

    /** Decides; the tree given is used up. */
    static Deletion decide(StrategyContext context, ObjectValue object, Strategy strategy, DeleteOptions options) {
        Metadata metadata = Metadata.of(object);
        List<String> before = metadata.finalizers();
        Grace grace = grace(context, object, strategy, options);
        if (grace instanceof Grace.Pending) {
            return new Pending();
        }
        List<String> finalizers = GarbagePolicy.finalizers(before, options, strategy.garbage());
        metadata.setFinalizers(finalizers);
        boolean held = !finalizers.isEmpty() || !strategy.mayVanish(object);
        if (grace instanceof Grace.Period period) {
            return new Mark(object, !held && period.seconds() == 0);
        }
        if (!held) {
            return new Remove();
        }
        markAtOnce(metadata, context.now());
        strategy.prepareForDelete(context, object);
        return new Mark(object, false);
    }

    /** What the kind's graceful deletion says. */
    sealed interface Grace {
        record None() implements Grace {}

        record Pending() implements Grace {}

        record Period(long seconds) implements Grace {}
    }

    private static Grace grace(StrategyContext context, ObjectValue object, Strategy strategy, DeleteOptions options) {
        Metadata metadata = Metadata.of(object);
        Optional<Duration> requested = options.gracePeriodSeconds().map(Duration::ofSeconds);
        Optional<Duration> period = strategy.gracePeriod(context, object, requested);
        if (period.isEmpty()) {
            return new Grace.None();
        }
        if (metadata.deletionTimestamp().isPresent()) {
            return shorten(context, metadata, options);
        }
        long seconds = period.get().toSeconds();
        metadata.fields().put("deletionTimestamp", ApiTime.format(context.now().plusSeconds(seconds)));
        metadata.fields().put("deletionGracePeriodSeconds", seconds);
        if (metadata.generation() > 0) {
            metadata.fields().put("generation", metadata.generation() + 1);
        }
        strategy.prepareForDelete(context, object);
        return new Grace.Period(seconds);
    }

    private static Grace shorten(StrategyContext context, Metadata metadata, DeleteOptions options) {
        long current = metadata.deletionGracePeriodSeconds().orElse(0L);
        if (current == 0) {
            return new Grace.None();
        }
        if (options.gracePeriodSeconds().isEmpty()
                || options.gracePeriodSeconds().get() >= current) {
            return new Grace.Pending();
        }
        long seconds = options.gracePeriodSeconds().get();
        Instant deletion = metadata.deletionTimestamp()
                .flatMap(ApiTime::parse)
                .orElse(context.now())
                .minusSeconds(current)
                .plusSeconds(seconds);
        if (deletion.isBefore(context.now())) {
            deletion = context.now();
            seconds = seconds == 0 ? 0 : 1;
        }
        metadata.fields().put("deletionTimestamp", ApiTime.format(deletion));
        metadata.fields().put("deletionGracePeriodSeconds", seconds);
        return new Grace.Period(seconds);
    }

    private static void markAtOnce(Metadata metadata, Instant now) {
        if (metadata.deletionTimestamp().isEmpty() && metadata.generation() > 0) {
            metadata.fields().put("generation", metadata.generation() + 1);
        }
        Optional<Instant> existing = metadata.deletionTimestamp().flatMap(ApiTime::parse);
        if (existing.isEmpty() || existing.get().isAfter(now)) {
            metadata.fields().put("deletionTimestamp", ApiTime.format(now));
        }
        metadata.fields().put("deletionGracePeriodSeconds", 0L);
    }

    /** Refuses a delete whose preconditions do not hold. */
    static void checkPreconditions(GroupResource named, ObjectValue object, DeleteOptions options) {
        Metadata metadata = Metadata.of(object);
        options.preconditionUid().filter(uid -> !uid.equals(metadata.uid())).ifPresent(uid -> {
            throw ApiException.conflict(
                    named,
                    metadata.name(),
                    "the UID in the precondition (" + uid + ") does not match the UID in record (" + metadata.uid()
                            + "). The object might have been deleted and then recreated");
        });
        options.preconditionResourceVersion()
                .filter(version -> !version.equals(metadata.resourceVersion()))
                .ifPresent(version -> {
                    throw ApiException.conflict(
                            named,
                            metadata.name(),
                            "the ResourceVersion in the precondition (" + version
                                    + ") does not match the ResourceVersion in record (" + metadata.resourceVersion()
                                    + "). The object might have been modified");
                });
    }
}
