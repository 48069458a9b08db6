package io.argosy.apiserver.server;

import io.argosy.apimodel.definition.Definitions;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apiserver.openapi.OpenApiDocument;
import io.argosy.apiserver.openapi.OpenApiDocuments;
import io.argosy.apiserver.request.ApiRequest;
import io.argosy.apiserver.request.MediaRange;
import io.argosy.daemon.http.HttpExchange;
import io.argosy.daemon.http.HttpHeaders;
import io.argosy.daemon.http.PreparedResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Answers {@code /openapi/v2} and {@code /openapi/v3}: JSON, with entity tags and addresses that hold their hash. */
final class OpenApiRoutes {

    private static final String JSON = "application/json";

    private final Supplier<Definitions> definitions;
    private Optional<Made> made = Optional.empty();

    private record Made(Definitions of, OpenApiDocuments documents) {}

    /** @param definitions what is served now; another object after each change */
    OpenApiRoutes(Supplier<Definitions> definitions) {
        this.definitions = definitions;
    }

    /** Whether a path is one of these. */
    static boolean serves(String path) {
        return path.equals("/openapi/v2") || path.equals("/openapi/v3") || path.startsWith("/openapi/v3/");
    }

    void handle(ApiRequest request, HttpExchange exchange) throws IOException {
        requireJson(request);
        OpenApiDocument document = find(request.target().path())
                .orElseThrow(() -> new ApiException(
                        404,
                        "NotFound",
                        "the server could not find the requested resource",
                        ApiException.Details.NONE));
        String tag = "\"" + document.hash() + "\"";
        HttpHeaders headers = HttpHeaders.of("ETag", tag, "Vary", "Accept", "Content-Type", JSON);
        String wanted = request.query().get("hash");
        if (!wanted.isEmpty()) {
            headers.set("Cache-Control", "public, immutable");
        } else {
            headers.set("Cache-Control", "no-cache, private");
        }
        boolean known = request.http().headers().get("If-None-Match").contains(tag);
        exchange.send(new PreparedResponse(known ? 304 : 200, headers, List.of(known ? new byte[0] : document.json())));
    }

    private Optional<OpenApiDocument> find(String path) {
        OpenApiDocuments documents = documents();
        return switch (path) {
            case "/openapi/v2" -> Optional.of(documents.second());
            case "/openapi/v3" -> Optional.of(documents.index());
            default -> documents.third(path.substring("/openapi/v3/".length()));
        };
    }

    private synchronized OpenApiDocuments documents() {
        Definitions now = definitions.get();
        if (made.isEmpty() || made.get().of() != now) {
            OpenApiDocuments documents =
                    made.map(before -> before.documents().after(now)).orElseGet(() -> OpenApiDocuments.of(now));
            made = Optional.of(new Made(now, documents));
        }
        return made.get().documents();
    }

    private static void requireJson(ApiRequest request) {
        String accept = String.join(",", request.http().headers().all("Accept"));
        boolean json = accept.isBlank()
                || MediaRange.parseAccept(accept).stream()
                        .anyMatch(range -> range.subtype().equals("json")
                                || range.subtype().equals("*"));
        if (!json) {
            throw ApiException.notAcceptable(List.of(JSON));
        }
    }
}
