package io.argosy.apiserver.stream;

import io.argosy.daemon.http.HttpHeaders;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** Pages of a proxied server, plain or compressed, with their links led back through the proxy. */
final class ProxiedPage {

    /** Larger pages pass as they are: they would have to be held in memory whole. */
    private static final int LARGEST = 16 << 20;

    private final ProxyPrefix seen;

    ProxiedPage(ProxyPrefix seen) {
        this.seen = seen;
    }

    /** Whether an answer is a page in an encoding that is understood. */
    static boolean isPage(HttpHeaders headers) {
        String type = headers.get("Content-Type");
        int parameters = type.indexOf(';');
        boolean html =
                (parameters < 0 ? type : type.substring(0, parameters)).strip().equals("text/html");
        return html
                && switch (headers.get("Content-Encoding")) {
                    case "", "gzip", "deflate" -> true;
                    default -> false;
                };
    }

    /** The page's body to send instead; the headers keep its encoding. */
    InputStream rewritten(InputStream body, HttpHeaders headers) throws IOException {
        String encoding = headers.get("Content-Encoding");
        byte[] page = body.readNBytes(LARGEST + 1);
        if (page.length > LARGEST) {
            return new SequenceInputStream(new ByteArrayInputStream(page), body);
        }
        byte[] plain = decoded(page, encoding).readNBytes(LARGEST + 1);
        if (plain.length > LARGEST) {
            return new ByteArrayInputStream(page);
        }
        // Bytes that are no ASCII pass unchanged in every encoding that pages have.
        String text = new String(plain, StandardCharsets.ISO_8859_1);
        ByteArrayOutputStream out = new ByteArrayOutputStream(plain.length + 256);
        try (OutputStream encoded = encoded(out, encoding)) {
            encoded.write(seen.page(text).getBytes(StandardCharsets.ISO_8859_1));
        }
        return new ByteArrayInputStream(out.toByteArray());
    }

    private static InputStream decoded(byte[] page, String encoding) throws IOException {
        InputStream in = new ByteArrayInputStream(page);
        return switch (encoding) {
            case "gzip" -> new GZIPInputStream(in);
            case "deflate" -> new InflaterInputStream(in, new Inflater(true));
            default -> in;
        };
    }

    private static OutputStream encoded(OutputStream out, String encoding) throws IOException {
        return switch (encoding) {
            case "gzip" -> new GZIPOutputStream(out);
            case "deflate" -> new DeflaterOutputStream(out, new Deflater(Deflater.BEST_COMPRESSION, true));
            default -> out;
        };
    }
}
