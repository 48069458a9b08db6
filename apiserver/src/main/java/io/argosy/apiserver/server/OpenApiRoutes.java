package io.argosy.apiserver.server;

import io.argosy.apimodel.definition.Definitions;
import io.argosy.apiserver.handler.Answers;
import io.argosy.apiserver.openapi.OpenApiDocuments;
import io.argosy.apiserver.openapi.RemoteDocuments;
import io.argosy.apiserver.request.ApiRequest;
import io.argosy.daemon.http.HttpExchange;
import io.argosy.daemon.http.HttpHeaders;
import io.argosy.daemon.http.PreparedResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Answers {@code /openapi/v2} and {@code /openapi/v3}. */
final class OpenApiRoutes {

    private static final String SECOND = "/openapi/v2";
    private static final String INDEX = "/openapi/v3";
    private static final String THIRD = "/openapi/v3/";

    private final Supplier<Definitions> definitions;
    private final InstantSource clock;
    private Optional<Made> made = Optional.empty();

    private final Supplier<List<RemoteDocuments>> remote;

    private record Made(Definitions of, List<RemoteDocuments> remote, OpenApiDocuments documents) {}

    /**
     * @param definitions what is served now; another object after each change
     * @param remote what other servers say; another object after each change
     */
    OpenApiRoutes(Supplier<Definitions> definitions, Supplier<List<RemoteDocuments>> remote, InstantSource clock) {
        this.definitions = definitions;
        this.remote = remote;
        this.clock = clock;
    }

    /** Whether a path is one of these. */
    static boolean serves(String path) {
        return path.equals(SECOND) || path.equals(INDEX) || path.startsWith(THIRD);
    }

    void handle(ApiRequest request, HttpExchange exchange) throws IOException {
        HttpHeaders headers = request.http().headers();
        OpenApiAnswer.Wishes wishes = new OpenApiAnswer.Wishes(
                String.join(",", headers.all("Accept")),
                headers.get("If-None-Match"),
                request.query().get("hash"));
        PreparedResponse answer = answer(request.target().path(), wishes);
        request.notes().headers().forEach(answer.headers()::add);
        Answers.prepared(exchange, answer);
    }

    private PreparedResponse answer(String path, OpenApiAnswer.Wishes wishes) {
        OpenApiDocuments documents = documents();
        if (path.equals(SECOND)) {
            return OpenApiAnswer.second(documents.second(), wishes);
        }
        if (path.equals(INDEX)) {
            return OpenApiAnswer.index(documents.index(), wishes);
        }
        String name = path.substring(THIRD.length());
        return documents
                .third(name)
                .map(document -> OpenApiAnswer.third(name, document, wishes, clock.instant()))
                .orElseGet(() ->
                        new PreparedResponse(404, HttpHeaders.of("Cache-Control", "no-cache, private"), List.of()));
    }

    private synchronized OpenApiDocuments documents() {
        Definitions now = definitions.get();
        List<RemoteDocuments> others = remote.get();
        if (made.isEmpty() || made.get().of() != now || !made.get().remote().equals(others)) {
            OpenApiDocuments before = made.map(Made::documents).orElseGet(() -> OpenApiDocuments.of(now));
            made = Optional.of(new Made(now, others, before.after(now, others)));
        }
        return made.get().documents();
    }
}
