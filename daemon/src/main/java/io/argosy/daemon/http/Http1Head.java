package io.argosy.daemon.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is wrong with the head of an HTTP/1.1 request, before anybody looks at what it asks for (RFC 9112). */
final class Http1Head {

    private Http1Head() {}

    /** The answer to a head that is refused; its connection is to be closed after it. */
    static Optional<PreparedResponse> refusal(HttpRequest head) {
        if (head.decoderResult().isFailure()) {
            return Optional.of(malformed(head.decoderResult().cause()));
        }
        if (head.protocolVersion().majorVersion() != 1) {
            return plain(505, "505 HTTP Version Not Supported: unsupported protocol version");
        }
        if (head.method().name().isEmpty() || !isTarget(head.uri())) {
            return plain(400, "400 Bad Request");
        }
        List<String> codings = head.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
        if (codings.size() > 1 || codings.stream().anyMatch(coding -> !coding.equalsIgnoreCase("chunked"))) {
            return plain(501, "Unsupported transfer encoding");
        }
        List<String> hosts = head.headers().getAll(HttpHeaderNames.HOST);
        if (hosts.size() > 1) {
            return plain(400, "400 Bad Request: too many Host headers");
        }
        if (hosts.isEmpty() && head.protocolVersion().minorVersion() > 0) {
            return plain(400, "400 Bad Request: missing required Host header");
        }
        String expected = head.headers().get(HttpHeaderNames.EXPECT, "");
        if (!expected.isEmpty() && !expected.toLowerCase(Locale.ROOT).equals("100-continue")) {
            return Optional.of(new PreparedResponse(417, new HttpHeaders(), List.of()));
        }
        return Optional.empty();
    }

    private static boolean isTarget(String target) {
        return target.startsWith("/") || target.contains("://") || target.equals("*");
    }

    private static PreparedResponse malformed(Throwable cause) {
        boolean tooLong = cause instanceof TooLongHttpHeaderException || cause instanceof TooLongHttpLineException;
        return text(tooLong ? 431 : 400, tooLong ? "431 Request Header Fields Too Large" : "400 Bad Request");
    }

    private static Optional<PreparedResponse> plain(int status, String text) {
        return Optional.of(text(status, text));
    }

    private static PreparedResponse text(int status, String text) {
        return new PreparedResponse(
                status,
                HttpHeaders.of("Content-Type", "text/plain; charset=utf-8"),
                List.of(text.getBytes(StandardCharsets.US_ASCII)));
    }
}
