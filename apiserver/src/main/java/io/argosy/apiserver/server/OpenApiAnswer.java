package io.argosy.apiserver.server;

import io.argosy.apiserver.openapi.OpenApiDocument;
import io.argosy.apiserver.request.MediaRange;
import io.argosy.daemon.http.HttpHeaders;
import io.argosy.daemon.http.PreparedResponse;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Decides how an OpenAPI document is answered: in which form, whether the client has it already, or has an old address. */
final class OpenApiAnswer {

    private static final DateTimeFormatter EXPIRY =
            DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'UTC'", Locale.ROOT);

    private OpenApiAnswer() {}

    /** What a request says that matters here; all of it may be empty. */
    record Wishes(String accept, String ifNoneMatch, String hash) {}

    private enum Form {
        JSON,
        PROTOBUF
    }

    /** {@code /openapi/v2}. */
    static PreparedResponse second(OpenApiDocument document, Wishes wishes) {
        HttpHeaders headers = HttpHeaders.of("Cache-Control", "no-cache, private", "Vary", "Accept-Encoding");
        headers.add("Vary", "Accept");
        return form(wishes.accept(), "v2")
                .map(form -> whole(document, form, "v2", wishes, headers))
                .orElseGet(() -> new PreparedResponse(406, headers, List.of()));
    }

    /** {@code /openapi/v3}: always JSON. */
    static PreparedResponse index(OpenApiDocument document, Wishes wishes) {
        HttpHeaders headers = HttpHeaders.of("Cache-Control", "no-cache, private");
        PreparedResponse answer = whole(document, Form.JSON, "v3", wishes, headers);
        headers.set("Content-Type", "text/plain; charset=utf-8");
        return answer;
    }

    /** A document below {@code /openapi/v3/}; with the hash in its address it may be kept for ever. */
    static PreparedResponse third(String name, OpenApiDocument document, Wishes wishes, Instant now) {
        HttpHeaders headers = HttpHeaders.of("Cache-Control", "no-cache, private", "Vary", "Accept");
        Optional<Form> form = form(wishes.accept(), "v3");
        if (form.isEmpty()) {
            return new PreparedResponse(406, headers, List.of());
        }
        if (!wishes.hash().isEmpty()) {
            if (!wishes.hash().equals(document.hash())) {
                headers.set("ETag", tag(document));
                headers.set("Content-Type", mediaType(form.get(), "v3"));
                headers.set("Location", "/openapi/v3/" + name + "?hash=" + document.hash());
                return new PreparedResponse(301, headers, List.of());
            }
            headers.set("Cache-Control", "public, immutable");
            headers.set("Expires", EXPIRY.format(now.atZone(ZoneOffset.UTC).plusYears(1)));
        }
        return whole(document, form.get(), "v3", wishes, headers);
    }

    private static PreparedResponse whole(
            OpenApiDocument document, Form form, String version, Wishes wishes, HttpHeaders headers) {
        headers.set("ETag", tag(document));
        if (known(wishes.ifNoneMatch(), tag(document))) {
            return new PreparedResponse(304, headers, List.of());
        }
        headers.set("Content-Type", mediaType(form, version));
        byte[] body = switch (form) {
            case JSON -> document.json();
            case PROTOBUF -> document.protobuf();
        };
        return new PreparedResponse(200, headers, List.of(body));
    }

    private static String tag(OpenApiDocument document) {
        return "\"" + document.hash() + "\"";
    }

    private static boolean known(String ifNoneMatch, String tag) {
        return ifNoneMatch.strip().equals("*") || ifNoneMatch.contains(tag);
    }

    private static String mediaType(Form form, String version) {
        return switch (form) {
            case JSON -> "application/json";
            case PROTOBUF -> "application/com.github.proto-openapi.spec." + version + ".v1.0+protobuf";
        };
    }

    private static Optional<Form> form(String accept, String version) {
        if (accept.isBlank()) {
            return Optional.of(Form.JSON);
        }
        String protobuf = "com.github.proto-openapi.spec." + version;
        for (MediaRange range : MediaRange.parseAccept(accept)) {
            if (!range.type().equals("application") && !range.type().equals("*")) {
                continue;
            }
            if (range.subtype().equals("json") || range.subtype().equals("*")) {
                return Optional.of(Form.JSON);
            }
            if (range.subtype().equals(protobuf + "@v1.0+protobuf")
                    || range.subtype().equals(protobuf + ".v1.0+protobuf")) {
                return Optional.of(Form.PROTOBUF);
            }
        }
        return Optional.empty();
    }
}
