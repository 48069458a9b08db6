package io.argosy.apiserver.callout;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** One HTTP/1.1 connection to a webhook, for one call at a time. */
final class WebhookConnection implements AutoCloseable {

    /** An AdmissionReview comes back with a patch at most as large as a request body in base64. */
    static final int MOST_BODY = 8 << 20;

    private static final int MOST_HEAD = 64 << 10;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private boolean answered;

    /** @param open whether the connection may be used for another call */
    record Answer(int code, byte[] body, boolean open) {}

    private WebhookConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    /** Connects, and verifies whom it is connected to. */
    static WebhookConnection open(
            InetSocketAddress address, Endpoint endpoint, Optional<SSLContext> tls, Deadline deadline)
            throws IOException {
        Socket plain = new Socket();
        try {
            plain.setTcpNoDelay(true);
            plain.connect(address, deadline.millis());
            if (tls.isEmpty()) {
                return new WebhookConnection(plain);
            }
            plain.setSoTimeout(deadline.millis());
            SSLSocket secured = (SSLSocket)
                    tls.get().getSocketFactory().createSocket(plain, endpoint.host(), endpoint.port(), true);
            SSLParameters parameters = secured.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            if (isName(endpoint.host())) {
                parameters.setServerNames(java.util.List.of(new SNIHostName(endpoint.host())));
            }
            secured.setSSLParameters(parameters);
            secured.startHandshake();
            return new WebhookConnection(secured);
        } catch (IOException | RuntimeException e) {
            plain.close();
            throw e;
        }
    }

    private static boolean isName(String host) {
        return host.indexOf(':') < 0 && !host.matches("[0-9.]+");
    }

    /** Whether anything of an answer has come: then the call was seen, and must not be made again unasked. */
    boolean answered() {
        return answered;
    }

    Answer post(Endpoint endpoint, byte[] body, Deadline deadline) throws IOException {
        answered = false;
        String head = "POST " + endpoint.pathWithTimeout(deadline.toldSeconds()) + " HTTP/1.1\r\nHost: "
                + endpoint.authority() + "\r\nUser-Agent: kube-apiserver-admission\r\nContent-Length: " + body.length
                + "\r\nAccept: application/json, */*\r\nContent-Type: application/json\r\n\r\n";
        ByteArrayOutputStream request = new ByteArrayOutputStream(head.length() + body.length);
        request.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
        request.writeBytes(body);
        socket.setSoTimeout(deadline.millis());
        out.write(request.toByteArray());
        out.flush();
        return answer(deadline);
    }

    private Answer answer(Deadline deadline) throws IOException {
        while (true) {
            String status = line(deadline);
            String[] parts = status.split(" ", 3);
            if (parts.length < 2 || !parts[0].startsWith("HTTP/1.")) {
                throw new IOException("malformed HTTP response \"" + status + "\"");
            }
            int code;
            try {
                code = Integer.parseInt(parts[1]);
            } catch (NumberFormatException _) {
                throw new IOException("malformed HTTP status code \"" + parts[1] + "\"");
            }
            Map<String, String> headers = headers(deadline);
            if (code >= 200) {
                return whole(code, headers, parts[0].equals("HTTP/1.1"), deadline);
            }
        }
    }

    private Answer whole(int code, Map<String, String> headers, boolean persistent, Deadline deadline)
            throws IOException {
        boolean close = !persistent
                || headers.getOrDefault("connection", "")
                        .toLowerCase(Locale.ROOT)
                        .contains("close");
        String transfer = headers.getOrDefault("transfer-encoding", "").toLowerCase(Locale.ROOT);
        if (transfer.contains("chunked")) {
            return new Answer(code, chunks(deadline), !close);
        }
        String length = headers.get("content-length");
        if (length != null) {
            return new Answer(code, exactly(parse(length, 10), deadline), !close);
        }
        if (code == 204 || code == 304) {
            return new Answer(code, new byte[0], !close);
        }
        return new Answer(code, rest(deadline), false);
    }

    private static int parse(String number, int radix) throws IOException {
        try {
            int value = Integer.parseUnsignedInt(number.strip(), radix);
            if (value >= 0 && value <= MOST_BODY) {
                return value;
            }
        } catch (NumberFormatException _) {
            throw new IOException("bad Content-Length \"" + number + "\"");
        }
        throw tooLarge();
    }

    private static IOException tooLarge() {
        return new IOException("response is larger than " + MOST_BODY + " bytes");
    }

    private Map<String, String> headers(Deadline deadline) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        int size = 0;
        for (String line = line(deadline); !line.isEmpty(); line = line(deadline)) {
            size += line.length();
            if (size > MOST_HEAD) {
                throw new IOException("response headers are larger than " + MOST_HEAD + " bytes");
            }
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(
                        line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        return headers;
    }

    private String line(Deadline deadline) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(128);
        while (true) {
            int next = read(deadline);
            if (next == '\n') {
                String text = line.toString(StandardCharsets.ISO_8859_1);
                return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
            }
            if (line.size() >= MOST_HEAD) {
                throw new IOException("response headers are larger than " + MOST_HEAD + " bytes");
            }
            line.write(next);
        }
    }

    /** One byte; the deadline is looked at whenever the connection must be asked for more. */
    private int read(Deadline deadline) throws IOException {
        if (in.available() == 0) {
            socket.setSoTimeout(deadline.millis());
        }
        int next = in.read();
        if (next < 0) {
            throw new EOFException("EOF");
        }
        answered = true;
        return next;
    }

    private byte[] exactly(int length, Deadline deadline) throws IOException {
        byte[] bytes = new byte[length];
        int at = 0;
        while (at < length) {
            socket.setSoTimeout(deadline.millis());
            int count = in.read(bytes, at, length - at);
            if (count < 0) {
                throw new EOFException("unexpected EOF");
            }
            at += count;
        }
        return bytes;
    }

    private byte[] chunks(Deadline deadline) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            String size = line(deadline);
            int semicolon = size.indexOf(';');
            int length = parse(semicolon < 0 ? size : size.substring(0, semicolon), 16);
            if (length == 0) {
                headers(deadline);
                return body.toByteArray();
            }
            if (body.size() + length > MOST_BODY) {
                throw tooLarge();
            }
            body.writeBytes(exactly(length, deadline));
            if (!line(deadline).isEmpty()) {
                throw new IOException("malformed chunked encoding");
            }
        }
    }

    private byte[] rest(Deadline deadline) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        while (true) {
            socket.setSoTimeout(deadline.millis());
            int count = in.read(buffer);
            if (count < 0) {
                return body.toByteArray();
            }
            if (body.size() + count > MOST_BODY) {
                throw tooLarge();
            }
            body.write(buffer, 0, count);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException _) {
            // It is given up in any case.
        }
    }

    /** When a call must have ended. */
    interface Deadline {

        /** What is left, at least 1. */
        int millis() throws SocketTimeoutException;

        /** What the webhook is told, in whole seconds. */
        long toldSeconds();
    }
}
