package io.argosy.apiserver.server;

import io.argosy.apimodel.status.ApiException;
import io.argosy.apiserver.aggregation.Aggregator;
import io.argosy.apiserver.aggregation.RemoteRoute;
import io.argosy.apiserver.audit.AuditTrail;
import io.argosy.apiserver.authn.Authentication;
import io.argosy.apiserver.authn.Authenticator;
import io.argosy.apiserver.authn.UserInfo;
import io.argosy.apiserver.authz.Attributes;
import io.argosy.apiserver.authz.Authorizer;
import io.argosy.apiserver.authz.Decision;
import io.argosy.apiserver.authz.Denials;
import io.argosy.apiserver.handler.Answers;
import io.argosy.apiserver.handler.ResourceHandlers;
import io.argosy.apiserver.handler.Served;
import io.argosy.apiserver.impersonation.Impersonation;
import io.argosy.apiserver.objects.Resources;
import io.argosy.apiserver.request.Accepted;
import io.argosy.apiserver.request.ApiRequest;
import io.argosy.apiserver.request.Query;
import io.argosy.apiserver.request.RequestNotes;
import io.argosy.apiserver.request.Target;
import io.argosy.apiserver.request.Targets;
import io.argosy.apiserver.server.RequestMetrics.Observation;
import io.argosy.daemon.http.HttpExchange;
import io.argosy.daemon.http.HttpHandler;
import io.argosy.daemon.http.HttpRequest;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way of a request through the server: {@link #handle} names the stages from top to bottom. */
public final class RequestPipeline implements HttpHandler {

    private static final Logger log = LoggerFactory.getLogger(RequestPipeline.class);

    private final Stages stages;

    /**
     * What the stages are made of.
     *
     * @param timeout of requests that are not long-running
     * @param goawayChance the share of HTTP/2 requests after which the connection ends
     */
    record Stages(
            InstantSource clock,
            RandomGenerator random,
            Duration timeout,
            double goawayChance,
            AuditTrail audit,
            Authenticator authenticator,
            Impersonation impersonation,
            Gate gate,
            Authorizer authorizer,
            Aggregator aggregator,
            ServedResources resources,
            ResourceHandlers handlers,
            Documents documents,
            Deadlines deadlines,
            RequestMetrics metrics) {}

    RequestPipeline(Stages stages) {
        this.stages = stages;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException, InterruptedException {
        RequestNotes notes = new RequestNotes();
        try {
            Arrival arrival = arrive(exchange, notes);
            try (Observation seen = stages.metrics().begin(arrival.target(), exchange);
                    AuditTrail.Entry audit = stages.audit().begin(arrival.id(), arrival.target(), exchange.request());
                    Deadlines.Running _ = deadline(arrival)) {
                try {
                    UserInfo sender = authenticate(exchange.request());
                    audit.user(sender);
                    UserInfo user = stages.impersonation()
                            .wanted(
                                    AttributesOf.request(sender, arrival.target()),
                                    exchange.request().headers())
                            .orElse(sender);
                    audit.impersonated(user);
                    try (Gate.Seat _ = stages.gate().enter(arrival.caller(user), notes)) {
                        authorize(user, arrival.target(), notes);
                        ApiRequest request = new ApiRequest(
                                arrival.target(), user, exchange.request(), arrival.query(), arrival.deadline(), notes);
                        audit.authorized(request, exchange);
                        serve(request, exchange);
                    }
                    audit.done(notes, 200);
                } catch (ApiException refused) {
                    tell(exchange, notes, refused);
                    audit.done(notes, refused.code());
                    seen.code(refused.code());
                } catch (InterruptedIOException | InterruptedException late) {
                    Thread.interrupted();
                    ApiException timeout =
                            ApiException.timeout("request did not complete within the allotted timeout", 0);
                    tell(exchange, notes, timeout);
                    audit.done(notes, timeout.code());
                    seen.code(timeout.code());
                }
            }
        } catch (ApiException unreadable) {
            tell(exchange, notes, unreadable);
        }
    }

    /** What is known of a request before anybody looked at who sends it. */
    private record Arrival(String id, Target target, Query query, Instant deadline, boolean longRunning) {

        Gate.Caller caller(UserInfo user) {
            return new Gate.Caller(target, user, query, longRunning);
        }
    }

    private Arrival arrive(HttpExchange exchange, RequestNotes notes) {
        HttpRequest request = exchange.request();
        String given = request.headers().get("Audit-ID");
        String id = given.isEmpty() || given.length() > 64 ? UUID.randomUUID().toString() : given;
        notes.header("Audit-Id", id);
        Query query = Query.parse(request.query());
        Target target = Targets.of(request, query);
        if (stages.goawayChance() > 0 && stages.random().nextDouble() < stages.goawayChance()) {
            exchange.closeConnectionAfter();
        }
        boolean longRunning = LongRunning.is(target, query);
        Duration time = longRunning ? Duration.ofDays(365) : timeout(query);
        return new Arrival(id, target, query, stages.clock().instant().plus(time), longRunning);
    }

    private Duration timeout(Query query) {
        String asked = query.get("timeout");
        if (asked.isEmpty()) {
            return stages.timeout();
        }
        Duration given;
        try {
            given = io.argosy.daemon.flags.GoDuration.parse(asked);
        } catch (IllegalArgumentException _) {
            throw ApiException.badRequest("invalid timeout specified in the request URL");
        }
        return given.isZero() || given.compareTo(stages.timeout()) > 0 ? stages.timeout() : given;
    }

    private Deadlines.Running deadline(Arrival arrival) {
        return arrival.longRunning()
                ? () -> {}
                : stages.deadlines().start(Duration.between(stages.clock().instant(), arrival.deadline()));
    }

    private UserInfo authenticate(HttpRequest request) {
        return switch (stages.authenticator().authenticate(request)) {
            case Authentication.Authenticated found -> found.user();
            case Authentication.Rejected rejected -> {
                log.info("unable to authenticate the request cause={}", rejected.reason());
                throw ApiException.unauthorized();
            }
            case Authentication.NoCredentials _ -> throw ApiException.unauthorized();
        };
    }

    private void authorize(UserInfo user, Target target, RequestNotes notes) {
        Attributes attributes = AttributesOf.request(user, target);
        Decision decision = stages.authorizer().authorize(attributes);
        notes.annotate("authorization.k8s.io/decision", decision.allowed() ? "allow" : "forbid");
        notes.annotate("authorization.k8s.io/reason", decision.reason());
        if (!decision.allowed()) {
            throw Denials.forbidden(attributes, decision.reason());
        }
    }

    private void serve(ApiRequest request, HttpExchange exchange) throws IOException, InterruptedException {
        Target target = request.target();
        Optional<RemoteRoute> remote = remote(target);
        if (remote.isPresent()) {
            remote.get().relay(request, exchange);
            return;
        }
        if (target.resourceRequest() && !target.path().startsWith("//")) {
            Optional<Served> served = stages.resources().find(target.groupVersionResource());
            if (served.isPresent() && misplaced(target, served.get())) {
                throw ResourceHandlers.pathNotFound();
            }
            if (served.isPresent()) {
                stages.handlers().handle(request, exchange, served.get());
                return;
            }
        }
        stages.documents().handle(request, exchange);
    }

    /** Cluster-wide objects are not found below a namespace; a namespace itself is. */
    private static boolean misplaced(Target target, Served served) {
        return !target.namespace().isEmpty()
                && !served.definition().namespaced()
                && !served.definition().groupResource().equals(Resources.NAMESPACES);
    }

    /** Everything below a group version that another server answers is its own. */
    private Optional<RemoteRoute> remote(Target target) {
        String[] parts = target.path().split("/", 5);
        return parts.length > 3 && parts[1].equals("apis")
                ? stages.aggregator().route(parts[2], parts[3])
                : Optional.empty();
    }

    private static void tell(HttpExchange exchange, RequestNotes notes, ApiException error) throws IOException {
        if (exchange.answered()) {
            return;
        }
        Accepted accepted;
        try {
            accepted = Accepted.of(
                    exchange.request(),
                    Query.parse(exchange.request().query()),
                    new Accepted.Offer(Accepted.Offer.BUILT_IN.formats(), true),
                    false);
        } catch (ApiException _) {
            accepted = new Accepted(io.argosy.apiserver.request.Format.JSON, false, Optional.empty());
        }
        Answers.error(exchange, notes, error, accepted);
    }
}
