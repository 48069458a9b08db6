package io.argosy.daemon.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands requests to the handler: at once on the event loop where it has an answer ready, else on a virtual thread. */
final class Dispatch {

    private static final Logger log = LoggerFactory.getLogger(Dispatch.class);

    private final HttpHandler handler;
    private final ExecutorService threads;

    Dispatch(HttpHandler handler, ExecutorService threads) {
        this.handler = handler;
        this.threads = threads;
    }

    /** An answer without a thread. On the event loop. */
    Optional<PreparedResponse> atOnce(HttpRequest request) {
        try {
            return handler.answerAtOnce(request);
        } catch (RuntimeException e) {
            log.error("request failed on the event loop path={}", request.path(), e);
            return Optional.empty();
        }
    }

    /** Answers in a thread; {@code after} runs in that thread when the handler has returned. */
    void start(Exchange exchange, Runnable after) {
        threads.execute(() -> {
            try {
                handler.handle(exchange);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (IOException e) {
                log.debug(
                        "request broke off path={} cause={}", exchange.request().path(), e.toString());
            } catch (RuntimeException | Error e) {
                log.error("request failed path={}", exchange.request().path(), e);
            } finally {
                Thread.interrupted();
                finish(exchange);
                after.run();
            }
        });
    }

    private static void finish(Exchange exchange) {
        try {
            if (!exchange.answered()) {
                exchange.send(new PreparedResponse(
                        500,
                        HttpHeaders.of("Content-Type", "text/plain; charset=utf-8"),
                        List.of("Internal Server Error\n".getBytes(StandardCharsets.US_ASCII))));
            } else if (!exchange.complete()) {
                exchange.abort();
            }
        } catch (IOException e) {
            log.debug("no answer possible path={} cause={}", exchange.request().path(), e.toString());
        }
    }
}
