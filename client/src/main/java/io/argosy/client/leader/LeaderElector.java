package io.argosy.client.leader;

import io.argosy.apimodel.status.ApiException;
import io.argosy.client.request.ApiClient;
import io.argosy.client.request.ObjectJson;
import io.argosy.client.request.RequestException;
import io.argosy.client.request.RequestInterruptedException;
import io.argosy.client.request.ResourceClient;
import io.argosy.daemon.clock.Clock;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds a Lease among candidates. An optimisation, never a guard: two leaders can overlap, so every write of theirs has
 * its own precondition. Leases are judged by the monotonic clock since they were last seen to change, never by another
 * machine's time.
 */
public final class LeaderElector {

    private static final Logger LOG = LoggerFactory.getLogger(LeaderElector.class);
    private static final double JITTER = 1.2;

    private final LeaseConfig config;
    private final ResourceClient<Lease> leases;
    private final Clock clock;
    private final RandomGenerator random;

    private String seen = "";
    private long seenAt;
    private String holder = "";

    /** As this candidate wrote it last; empty when it does not know whether that still stands. */
    private Optional<Lease> held = Optional.empty();

    private volatile boolean leading;

    /** What the leader does. */
    public interface Leading {

        /** Called when the lease was won, on the elector's thread: must return soon; renewals wait for it. */
        void started();

        /** Called when the lease was lost or given up. */
        void stopped();
    }

    public LeaderElector(LeaseConfig config, ApiClient client, Clock clock, RandomGenerator random) {
        this.config = config;
        this.leases = client.resource(Lease.class);
        this.clock = clock;
        this.random = random;
        this.seenAt = clock.nanoTime();
    }

    public boolean isLeader() {
        return leading;
    }

    /** Waits for the lease, leads, and returns when it was lost. When interrupted, gives the lease back. */
    public void run(Leading leader) throws InterruptedException {
        acquire();
        leading = true;
        LOG.info("became leader lease={} identity={}", config.lease(), config.identity());
        boolean givenUp = false;
        try {
            leader.started();
            renew();
            LOG.error("lost the lease lease={} identity={}", config.lease(), config.identity());
        } catch (InterruptedException e) {
            givenUp = true;
            throw e;
        } finally {
            leading = false;
            leader.stopped();
            if (givenUp) {
                // Only now: the next leader must not meet what this one still does.
                release();
            }
        }
    }

    private void acquire() throws InterruptedException {
        while (!attempt()) {
            clock.sleep(jittered(config.retryPeriod()));
        }
    }

    private Duration jittered(Duration period) {
        return Duration.ofNanos((long) (period.toNanos() * (1 + random.nextDouble() * (JITTER - 1))));
    }

    private void renew() throws InterruptedException {
        long renewed = clock.nanoTime();
        while (clock.nanoTime() - renewed < config.renewDeadline().toNanos()) {
            clock.sleep(config.retryPeriod());
            if (attempt()) {
                renewed = clock.nanoTime();
            } else if (!holder.equals(config.identity())) {
                return;
            }
        }
    }

    /** One attempt to win or keep the lease. Failures are logged and are no win. */
    private boolean attempt() throws InterruptedException {
        try {
            if (held.isPresent() && renewed(held.get())) {
                return true;
            }
            Optional<Lease> found = leases.find(config.lease());
            if (found.isEmpty()) {
                observe(leases.create(fresh()));
                return true;
            }
            observe(found.get());
            return write(found.get());
        } catch (ApiException e) {
            LOG.info("lease not written lease={} reason={}", config.lease(), e.message());
        } catch (RequestException e) {
            LOG.info("lease not reached lease={} reason={}", config.lease(), e.getMessage());
        } catch (RequestInterruptedException e) {
            Thread.interrupted();
            throw new InterruptedException();
        }
        return false;
    }

    /** Renews what this candidate wrote last, without asking first whether it still stands. */
    private boolean renewed(Lease last) {
        held = Optional.empty();
        try {
            return write(last);
        } catch (ApiException e) {
            LOG.info("lease was changed by another lease={} reason={}", config.lease(), e.message());
            return false;
        }
    }

    private boolean write(Lease lease) {
        LeaseSpec spec = lease.getSpec() == null ? new LeaseSpec() : lease.getSpec();
        Instant now = now();
        LeaseDecision decision = LeaseDecision.of(
                config.identity(),
                holder,
                spec.getAcquireTime() == null ? now : spec.getAcquireTime().toInstant(),
                spec.getLeaseTransitions() == null ? 0 : spec.getLeaseTransitions(),
                clock.nanoTime() - seenAt,
                config.leaseDuration().toNanos(),
                now);
        return switch (decision) {
            case LeaseDecision.Wait(String other) -> {
                LOG.debug("lease is held lease={} holder={}", config.lease(), other);
                yield false;
            }
            case LeaseDecision.Write(Instant acquired, int transitions) -> {
                Lease next = ObjectJson.copy(lease);
                next.setSpec(spec(acquired, now, transitions));
                Lease written = leases.update(next);
                observe(written);
                held = Optional.of(written);
                yield true;
            }
        };
    }

    private void observe(Lease lease) {
        LeaseSpec spec = lease.getSpec();
        holder = spec == null || spec.getHolderIdentity() == null ? "" : spec.getHolderIdentity();
        String record = holder + "/" + (spec == null ? "" : spec.getRenewTime());
        if (!record.equals(seen)) {
            seen = record;
            seenAt = clock.nanoTime();
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private Lease fresh() {
        Instant now = now();
        return new LeaseBuilder()
                .withNewMetadata()
                .withNamespace(config.lease().namespace())
                .withName(config.lease().name())
                .endMetadata()
                .withSpec(spec(now, now, 0))
                .build();
    }

    private LeaseSpec spec(Instant acquired, Instant renewed, int transitions) {
        LeaseSpec spec = new LeaseSpec();
        spec.setHolderIdentity(config.identity());
        spec.setLeaseDurationSeconds((int) config.leaseDuration().toSeconds());
        spec.setAcquireTime(ZonedDateTime.ofInstant(acquired, ZoneOffset.UTC));
        spec.setRenewTime(ZonedDateTime.ofInstant(renewed, ZoneOffset.UTC));
        spec.setLeaseTransitions(transitions);
        return spec;
    }

    private void release() {
        Thread.interrupted();
        try {
            Optional<Lease> found = leases.find(config.lease());
            if (found.isPresent()
                    && config.identity().equals(found.get().getSpec().getHolderIdentity())) {
                Lease next = ObjectJson.copy(found.get());
                next.getSpec().setHolderIdentity("");
                next.getSpec().setLeaseDurationSeconds(1);
                leases.update(next);
            }
        } catch (ApiException | RequestException e) {
            LOG.info("lease not given back lease={} reason={}", config.lease(), e.getMessage());
        } finally {
            Thread.currentThread().interrupt();
        }
    }
}
