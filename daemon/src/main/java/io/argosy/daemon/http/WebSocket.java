package io.argosy.daemon.http;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The server's end of a WebSocket (RFC 6455) on which the server alone speaks: messages of the client are read and
 * dropped, its pings answered, and its close ends the connection. Each flush of what was written is a message.
 */
public final class WebSocket implements ResponseStream {

    /** What messages look like on the wire. */
    public enum Form {
        TEXT,
        BINARY,
        /** Base64 as text, for clients that cannot take binary messages. */
        BASE64
    }

    private static final String KEY_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int OPCODE_TEXT = 1;
    private static final int OPCODE_BINARY = 2;
    private static final int OPCODE_CLOSE = 8;
    private static final int OPCODE_PING = 9;
    private static final int OPCODE_PONG = 10;
    private static final int LAST_FRAGMENT = 0x80;
    private static final int MASKED = 0x80;
    private static final int CONTROL_LIMIT = 125;

    private final RawConnection connection;
    private final Form form;
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private final ReentrantLock sending = new ReentrantLock();
    private volatile boolean ended;

    private WebSocket(RawConnection connection, Form form) {
        this.connection = connection;
        this.form = form;
    }

    /** Whether a request asks for a WebSocket. */
    public static boolean isRequested(HttpRequest request) {
        return request.headers().hasToken("Connection", "upgrade")
                && request.headers().get("Upgrade").equalsIgnoreCase("websocket");
    }

    /** The subprotocols that a client would take, best first. */
    public static List<String> protocols(HttpRequest request) {
        return request.headers()
                .first("Sec-WebSocket-Protocol")
                .map(offer ->
                        List.of(offer.split(",")).stream().map(String::strip).toList())
                .orElse(List.of());
    }

    /**
     * Answers the handshake.
     *
     * @param protocol one of those the client would take, or empty for none
     * @param ended runs when the client has gone
     * @throws IOException when the connection cannot be upgraded: HTTP/2, or no key
     */
    public static WebSocket accept(HttpExchange exchange, String protocol, Form form, Runnable ended)
            throws IOException {
        String key = exchange.request()
                .headers()
                .first("Sec-WebSocket-Key")
                .orElseThrow(() -> new IOException("the request has no Sec-WebSocket-Key"));
        HttpHeaders headers = HttpHeaders.of(
                "Upgrade", "websocket", "Connection", "Upgrade", "Sec-WebSocket-Accept", answerTo(key.strip()));
        if (!protocol.isEmpty()) {
            headers.set("Sec-WebSocket-Protocol", protocol);
        }
        WebSocket socket = new WebSocket(exchange.upgrade(headers), form);
        Thread.ofVirtual().name("websocket-reader").start(() -> socket.dropMessages(ended));
        return socket;
    }

    private static String answerTo(String key) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1").digest((key + KEY_SUFFIX).getBytes(StandardCharsets.ISO_8859_1));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }

    private void dropMessages(Runnable whenEnded) {
        try {
            DataInputStream in = new DataInputStream(connection.input());
            while (!ended) {
                dropFrame(in);
            }
        } catch (IOException gone) {
            ended = true;
        } finally {
            ended = true;
            whenEnded.run();
        }
    }

    private void dropFrame(DataInputStream in) throws IOException {
        int opcode = in.readUnsignedByte() & 0xf;
        int second = in.readUnsignedByte();
        long length = second & 0x7f;
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = in.readLong();
        }
        if (length < 0 || opcode >= OPCODE_CLOSE && length > CONTROL_LIMIT) {
            throw new IOException("malformed WebSocket frame");
        }
        byte[] mask = (second & MASKED) == 0 ? new byte[4] : in.readNBytes(4);
        if (opcode == OPCODE_PING) {
            byte[] payload = in.readNBytes((int) length);
            for (int i = 0; i < payload.length; i++) {
                payload[i] ^= mask[i & 3];
            }
            frame(OPCODE_PONG, payload);
            return;
        }
        in.skipNBytes(length);
        if (opcode == OPCODE_CLOSE) {
            ended = true;
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        message.write(bytes, offset, length);
    }

    /** Sends what was written as one message; nothing when nothing was. */
    @Override
    public void flush() throws IOException {
        if (message.size() > 0) {
            send(message.toByteArray());
            message.reset();
        }
    }

    /** Sends one message, also an empty one. */
    public void send(byte[] bytes) throws IOException {
        switch (form) {
            case TEXT -> frame(OPCODE_TEXT, bytes);
            case BINARY -> frame(OPCODE_BINARY, bytes);
            case BASE64 -> frame(OPCODE_TEXT, Base64.getEncoder().encode(bytes));
        }
    }

    private void frame(int opcode, byte[] payload) throws IOException {
        byte[] frame = new byte[header(payload.length) + payload.length];
        frame[0] = (byte) (LAST_FRAGMENT | opcode);
        int at = 2;
        if (payload.length <= CONTROL_LIMIT) {
            frame[1] = (byte) payload.length;
        } else if (payload.length <= 0xffff) {
            frame[1] = 126;
            at = number(frame, payload.length, Short.BYTES);
        } else {
            frame[1] = 127;
            at = number(frame, payload.length, Long.BYTES);
        }
        System.arraycopy(payload, 0, frame, at, payload.length);
        sending.lock();
        try {
            OutputStream out = connection.output();
            out.write(frame);
            out.flush();
        } finally {
            sending.unlock();
        }
    }

    private static int header(int length) {
        return length <= CONTROL_LIMIT ? 2 : length <= 0xffff ? 4 : 10;
    }

    private static int number(byte[] frame, long value, int bytes) {
        for (int i = 0; i < bytes; i++) {
            frame[2 + i] = (byte) (value >>> 8 * (bytes - 1 - i));
        }
        return 2 + bytes;
    }

    @Override
    public boolean disconnected() {
        return ended;
    }

    /** Sends what is left and a normal close. */
    @Override
    public void close() throws IOException {
        try {
            flush();
            frame(OPCODE_CLOSE, new byte[] {0x03, (byte) 0xe8});
        } finally {
            abort();
        }
    }

    @Override
    public void abort() {
        ended = true;
        connection.close();
    }
}
