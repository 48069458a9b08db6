package io.argosy.client.request;

import io.argosy.client.transport.AuthorizedTransport;
import io.argosy.client.transport.Credentials;
import io.argosy.client.transport.HttpAnswer;
import io.argosy.client.transport.HttpCall;
import io.argosy.client.transport.HttpStream;
import io.argosy.client.transport.NotSentException;
import io.argosy.client.transport.Transport;
import io.argosy.daemon.clock.Clock;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;

/** The client over a transport: rate limit, retries, errors. */
public final class RestClient implements ApiClient {

    private final Transport transport;
    private final Clock clock;
    private final RetryPolicy retries;
    private final Optional<RateLimit> limit;
    private final RequestMetrics metrics;

    public RestClient(
            Transport transport, Clock clock, RetryPolicy retries, Optional<RateLimit> limit, RequestMetrics metrics) {
        this.transport = transport;
        this.clock = clock;
        this.retries = retries;
        this.limit = limit;
        this.metrics = metrics;
    }

    /** Standard retries, no rate limit, no metrics. */
    public RestClient(Transport transport, Clock clock) {
        this(transport, clock, RetryPolicy.STANDARD, Optional.empty(), RequestMetrics.none());
    }

    @Override
    public <T extends HasMetadata> ResourceClient<T> resource(ResourceType<T> type) {
        return new RestResource<>(this, type);
    }

    @Override
    public ApiClient named(String userAgent) {
        return transport instanceof AuthorizedTransport authorized
                ? new RestClient(authorized.named(userAgent), clock, retries, limit, metrics)
                : this;
    }

    /** The same connection for another identity; closing the result does nothing. */
    public RestClient with(Credentials credentials, String userAgent) {
        return transport instanceof AuthorizedTransport authorized
                ? over(authorized.with(credentials, userAgent))
                : this;
    }

    /** The same client with a limit of its own; without one if {@code qps} is not positive. */
    public RestClient limited(double qps, int burst) {
        return new RestClient(transport, clock, retries, RateLimit.of(qps, burst, clock), metrics);
    }

    /** A client over another transport with this one's limits. */
    public RestClient over(Transport other) {
        return new RestClient(other, clock, retries, limit, metrics);
    }

    @Override
    public HttpAnswer call(HttpCall call) {
        for (int attempt = 0; ; attempt++) {
            Duration wait;
            try {
                acquire();
                long began = clock.nanoTime();
                HttpAnswer answer = transport.call(call);
                metrics.answered(call.method(), answer.status(), clock.nanoTime() - began);
                Optional<Duration> again =
                        retries.afterAnswer(attempt, call.isRead(), answer.status(), answer.headers());
                if (again.isEmpty()) {
                    return answer;
                }
                wait = again.get();
            } catch (IOException e) {
                wait = afterFailure(call, attempt, e);
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
            pause(wait);
        }
    }

    /** Opens a streamed answer, successful or not. */
    HttpStream open(HttpCall call) {
        for (int attempt = 0; ; attempt++) {
            Duration wait;
            try {
                acquire();
                long began = clock.nanoTime();
                HttpStream stream = transport.open(call);
                metrics.answered(call.method(), stream.status(), clock.nanoTime() - began);
                Optional<Duration> again =
                        retries.afterAnswer(attempt, call.isRead(), stream.status(), stream.headers());
                if (again.isEmpty()) {
                    return stream;
                }
                stream.close();
                wait = again.get();
            } catch (IOException e) {
                wait = afterFailure(call, attempt, e);
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
            pause(wait);
        }
    }

    private Duration afterFailure(HttpCall call, int attempt, IOException failure) {
        if (failure instanceof InterruptedIOException) {
            throw interrupted(new InterruptedException());
        }
        boolean notSent = failure instanceof NotSentException;
        metrics.failed(call.method());
        return retries.afterFailure(attempt, call.isRead(), notSent).orElseThrow(() -> {
            String what = call.method() + " " + call.path() + ": " + failure.getMessage();
            return new RequestException(what, !notSent && !call.isRead(), failure);
        });
    }

    private void acquire() throws InterruptedException {
        if (limit.isPresent()) {
            limit.get().acquire();
        }
    }

    private void pause(Duration wait) {
        try {
            clock.sleep(wait);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    static RequestInterruptedException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new RequestInterruptedException(e);
    }

    @Override
    public void close() {
        transport.close();
    }
}
