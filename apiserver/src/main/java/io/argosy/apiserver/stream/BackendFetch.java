package io.argosy.apiserver.stream;

import io.argosy.daemon.http.HttpHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Reads one document from a backend. */
public final class BackendFetch {

    private BackendFetch() {}

    /** @param body empty unless the status is 200 */
    public record Answer(int status, HttpHeaders headers, byte[] body) {}

    /**
     * @param headers to send beside the host
     * @param patience for each piece of the answer
     * @param most bytes; larger documents are refused
     */
    public static Answer get(Backend backend, HttpHeaders headers, Duration patience, int most) throws IOException {
        try (BackendConnection connection = BackendConnection.open(backend)) {
            HttpHeaders sent = headers.copy();
            sent.set("Host", backend.authority());
            sent.set("Connection", "close");
            connection.patience(patience);
            connection.sendHead("GET", backend.target(), sent);
            BackendConnection.Head head = connection.readHead(patience);
            if (head.status() != 200) {
                return new Answer(head.status(), head.headers(), new byte[0]);
            }
            connection.patience(patience);
            try (InputStream in = connection.body("GET", head)) {
                byte[] body = in.readNBytes(most + 1);
                if (body.length > most) {
                    throw new IOException("the answer is larger than " + most + " bytes");
                }
                return new Answer(head.status(), head.headers(), body);
            }
        }
    }
}
