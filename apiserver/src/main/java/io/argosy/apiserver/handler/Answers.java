package io.argosy.apiserver.handler;

import io.argosy.apimodel.codec.JsonReader;
import io.argosy.apimodel.codec.YamlWriter;
import io.argosy.apimodel.schema.ObjectSchema;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.cache.Body;
import io.argosy.apiserver.cache.Encoding;
import io.argosy.apiserver.request.Accepted;
import io.argosy.apiserver.request.Format;
import io.argosy.apiserver.request.RequestNotes;
import io.argosy.daemon.http.HttpExchange;
import io.argosy.daemon.http.HttpHeaders;
import io.argosy.daemon.http.PreparedResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Writes answers: status code, headers that all answers have, and the body in the form that was asked for. */
public final class Answers {

    /** Shorter bodies are not worth compressing; upstream's figure. */
    private static final int COMPRESS_FROM = 128 << 10;

    private Answers() {}

    /** An answer from the cache. */
    static void body(HttpExchange exchange, RequestNotes notes, int code, Body body, Accepted accepted)
            throws IOException {
        if (accepted.format() == Format.YAML || (accepted.format() == Format.JSON && accepted.pretty())) {
            ObjectValue tree = JsonReader.readObject(body.toByteArray());
            byte[] text = accepted.format() == Format.YAML ? YamlWriter.write(tree) : TreeCodec.json(tree, true);
            send(exchange, notes, code, accepted.format().mediaType(), List.of(text));
            return;
        }
        List<byte[]> parts = new ArrayList<>(body.parts());
        body.forEach((array, from, length) -> parts.add(
                from == 0 && length == array.length
                        ? array
                        : java.util.Arrays.copyOfRange(array, from, from + length)));
        send(exchange, notes, code, accepted.format().mediaType(), parts);
    }

    /** How the cache writes a format. */
    static Encoding encoding(Format format) {
        return switch (format) {
            case JSON, YAML -> Encoding.JSON;
            case PROTOBUF -> Encoding.PROTOBUF;
        };
    }

    /** An answer that is a tree. */
    public static void tree(
            HttpExchange exchange,
            RequestNotes notes,
            int code,
            ObjectValue object,
            Accepted accepted,
            Optional<ObjectSchema> schema)
            throws IOException {
        TreeCodec.Encoded encoded = TreeCodec.encode(object, accepted, schema);
        send(exchange, notes, code, encoded.format().mediaType(), List.of(encoded.bytes()));
    }

    /** An error. */
    public static void error(HttpExchange exchange, RequestNotes notes, ApiException error, Accepted accepted)
            throws IOException {
        TreeCodec.Encoded encoded =
                TreeCodec.encode(StatusObject.of(error), accepted, Optional.of(TreeCodec.metaSchema("Status")));
        HttpHeaders headers = headers(notes, encoded.format().mediaType());
        error.details().retryAfterSeconds().ifPresent(seconds -> headers.add("Retry-After", Integer.toString(seconds)));
        exchange.send(new PreparedResponse(error.code(), headers, List.of(encoded.bytes())));
    }

    private static void send(HttpExchange exchange, RequestNotes notes, int code, String mediaType, List<byte[]> parts)
            throws IOException {
        prepared(exchange, new PreparedResponse(code, headers(notes, mediaType), parts));
    }

    /** A whole answer; compressed when it is large and the client can read that. */
    public static void prepared(HttpExchange exchange, PreparedResponse answer) throws IOException {
        long length = answer.body().stream().mapToLong(part -> part.length).sum();
        if (length < COMPRESS_FROM || !exchange.request().headers().hasToken("Accept-Encoding", "gzip")) {
            exchange.send(answer);
            return;
        }
        HttpHeaders headers = answer.headers().copy();
        headers.add("Content-Encoding", "gzip");
        if (!headers.all("Vary").contains("Accept-Encoding")) {
            headers.add("Vary", "Accept-Encoding");
        }
        Pieces pieces = new Pieces();
        try (GZIPOutputStream zip = new FastGzip(pieces)) {
            for (byte[] part : answer.body()) {
                zip.write(part);
            }
        }
        exchange.send(new PreparedResponse(answer.status(), headers, pieces.all));
    }

    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream out) throws IOException {
            super(out, 32 << 10);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }

    /** Collects what is written, piece by piece. */
    private static final class Pieces extends OutputStream {
        private final List<byte[]> all = new ArrayList<>();

        @Override
        public void write(int one) {
            all.add(new byte[] {(byte) one});
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            all.add(java.util.Arrays.copyOfRange(bytes, offset, offset + length));
        }
    }

    /** The headers of every answer, with the warnings that were noted. */
    public static HttpHeaders headers(RequestNotes notes, String mediaType) {
        HttpHeaders headers = new HttpHeaders();
        notes.headers().forEach(headers::add);
        headers.add("Cache-Control", "no-cache, private");
        headers.add("Content-Type", mediaType);
        for (String warning : notes.warnings()) {
            headers.add("Warning", "299 - \"" + escape(warning) + "\"");
        }
        return headers;
    }

    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                escaped.append('\\').append(c);
            } else if (!Character.isISOControl(c)) {
                escaped.append(c);
            } else {
                escaped.append(' ');
            }
        }
        return escaped.toString();
    }
}
