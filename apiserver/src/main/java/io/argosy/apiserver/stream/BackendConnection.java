package io.argosy.apiserver.stream;

import io.argosy.daemon.http.HttpHeaders;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** One HTTP/1.1 request to a backend on a connection of its own, which an upgrade may turn into plain bytes. */
final class BackendConnection implements Closeable {

    private static final int DIAL_MILLIS = (int) Duration.ofSeconds(30).toMillis();
    private static final int HEAD_MILLIS = (int) Duration.ofSeconds(60).toMillis();
    private static final int LARGEST_HEAD = 1 << 20;

    private final Socket socket;
    private final InputStream input;
    private final OutputStream output;

    /** The first part of an answer. */
    record Head(int status, HttpHeaders headers) {}

    private BackendConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.input = new BufferedInputStream(socket.getInputStream(), 32 * 1024);
        this.output = socket.getOutputStream();
    }

    /** Dials, with TLS where the backend has it. The name is resolved once and that address is dialled. */
    static BackendConnection open(Backend backend) throws IOException {
        Socket plain = new Socket();
        try {
            plain.setTcpNoDelay(true);
            plain.connect(new InetSocketAddress(InetAddress.getByName(backend.host()), backend.port()), DIAL_MILLIS);
            if (backend.tls().isEmpty()) {
                return new BackendConnection(plain);
            }
            plain.setSoTimeout(DIAL_MILLIS);
            SSLSocket secure = (SSLSocket) backend.tls()
                    .get()
                    .getSocketFactory()
                    .createSocket(plain, backend.serverName(), backend.port(), true);
            if (backend.verified()) {
                SSLParameters parameters = secure.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                secure.setSSLParameters(parameters);
            }
            secure.startHandshake();
            return new BackendConnection(secure);
        } catch (IOException | RuntimeException e) {
            plain.close();
            throw e;
        }
    }

    void sendHead(String method, String target, HttpHeaders headers) throws IOException {
        StringBuilder head = new StringBuilder(512);
        head.append(method).append(' ').append(target).append(" HTTP/1.1\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("\r\n");
        output.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        output.flush();
    }

    /** Ends reads that wait longer. */
    void patience(Duration atMost) throws IOException {
        socket.setSoTimeout((int) atMost.toMillis());
    }

    /** Reads until the head of the final answer; interim ones (100, 103) are passed over. */
    Head readHead() throws IOException {
        return readHead(Duration.ofMillis(HEAD_MILLIS));
    }

    Head readHead(Duration atMost) throws IOException {
        patience(atMost);
        while (true) {
            Head head = readOneHead();
            if (head.status() >= 200 || head.status() == 101) {
                socket.setSoTimeout(0);
                return head;
            }
        }
    }

    private Head readOneHead() throws IOException {
        String statusLine = readLine();
        String[] words = statusLine.split(" ", 3);
        if (words.length < 2 || !words[0].startsWith("HTTP/1.") || !words[1].matches("\\d{3}")) {
            throw new IOException("malformed HTTP response \"" + statusLine + "\"");
        }
        HttpHeaders headers = HttpHeaders.of();
        for (String line = readLine(); !line.isEmpty(); line = readLine()) {
            int colon = line.indexOf(':');
            if (colon <= 0) {
                throw new IOException("malformed header in HTTP response");
            }
            headers.add(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        return new Head(Integer.parseInt(words[1]), headers);
    }

    private String readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(80);
        while (true) {
            int next = input.read();
            if (next < 0) {
                throw new EOFException("unexpected end of the HTTP response");
            }
            if (next == '\n') {
                return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
            }
            if (line.size() >= LARGEST_HEAD) {
                throw new IOException("the head of the HTTP response is too large");
            }
            line.write(next);
        }
    }

    /** The answer's body: of its length, in chunks, or to the end of the connection (RFC 9112, section 6.3). */
    InputStream body(String method, Head head) {
        if (method.equals("HEAD") || head.status() == 204 || head.status() == 304) {
            return InputStream.nullInputStream();
        }
        if (head.headers().hasToken("Transfer-Encoding", "chunked")) {
            return new ChunkedInput(input);
        }
        return head.headers()
                .first("Content-Length")
                .<InputStream>map(length -> new BoundedInput(input, Long.parseLong(length.strip())))
                .orElse(input);
    }

    InputStream input() {
        return input;
    }

    OutputStream output() {
        return output;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // Nothing is left to be done with a connection that cannot even be closed.
            return;
        }
    }
}
