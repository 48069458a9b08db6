package io.argosy.kubelet.probe;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * One HTTP GET of a container, over a connection of its own. Certificates are not verified: a probe asks whether someone
 * answers, not who.
 */
final class HttpAsk {

    private static final int LONGEST_HEAD = 64 * 1024;
    private static final int MOST_REDIRECTS = 10;
    private static final SSLContext TRUSTING = trusting();

    private HttpAsk() {}

    static ProbeResult get(URI uri, Map<String, String> headers, Duration timeout) {
        URI at = uri;
        for (int hop = 0; ; hop++) {
            Answer answer;
            try {
                answer = once(at, headers, timeout);
            } catch (ConnectException e) {
                return new ProbeResult.Failure("Get \"" + at + "\": dial tcp " + at.getHost() + ":" + port(at)
                        + ": connect: " + lower(e.getMessage()));
            } catch (SocketTimeoutException e) {
                return new ProbeResult.Failure("Get \"" + at
                        + "\": context deadline exceeded (Client.Timeout exceeded while awaiting headers)");
            } catch (IOException e) {
                return new ProbeResult.Failure("Get \"" + at + "\": " + e.getMessage());
            }
            if (answer.status() < 300
                    || answer.status() > 399
                    || answer.location().isEmpty()) {
                return answer.status() >= 200 && answer.status() < 400
                        ? new ProbeResult.Success("HTTP Probe Success")
                        : new ProbeResult.Failure("HTTP probe failed with statuscode: " + answer.status());
            }
            URI next = at.resolve(answer.location().get());
            if (!uri.getHost().equals(next.getHost())) {
                return new ProbeResult.Warning("Probe terminated redirects, Response body: ");
            }
            if (hop == MOST_REDIRECTS) {
                return new ProbeResult.Failure("Get \"" + next + "\": stopped after 10 redirects");
            }
            at = next;
        }
    }

    private record Answer(int status, Optional<String> location) {}

    private static Answer once(URI uri, Map<String, String> headers, Duration timeout) throws IOException {
        int millis = (int) Math.max(1, timeout.toMillis());
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(uri.getHost().replaceAll("[\\[\\]]", ""), port(uri)), millis);
            socket.setSoTimeout(millis);
            Socket speaking = socket;
            if (uri.getScheme().equals("https")) {
                speaking = TRUSTING.getSocketFactory().createSocket(socket, uri.getHost(), port(uri), true);
            }
            speaking.getOutputStream().write(request(uri, headers).getBytes(StandardCharsets.ISO_8859_1));
            speaking.getOutputStream().flush();
            return read(new BufferedInputStream(speaking.getInputStream()));
        }
    }

    private static String request(URI uri, Map<String, String> headers) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("Host", uri.getRawAuthority());
        all.put("User-Agent", "kube-probe/1.36");
        all.put("Accept", "*/*");
        headers.forEach((name, value) -> {
            all.keySet().removeIf(k -> k.equalsIgnoreCase(name));
            all.put(name, value);
        });
        all.put("Connection", "close");
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        StringBuilder out = new StringBuilder("GET ")
                .append(path)
                .append(uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery())
                .append(" HTTP/1.1\r\n");
        all.forEach((k, v) -> {
            if (!v.isEmpty()) {
                out.append(k).append(": ").append(v).append("\r\n");
            }
        });
        return out.append("\r\n").toString();
    }

    private static Answer read(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int matched = 0;
        while (matched < 2) {
            int b = in.read();
            if (b < 0) {
                throw new IOException("EOF");
            }
            if (b == '\n') {
                matched++;
            } else if (b != '\r') {
                matched = 0;
            }
            head.write(b);
            if (head.size() > LONGEST_HEAD) {
                throw new IOException("response headers are too long");
            }
        }
        String[] lines = head.toString(StandardCharsets.ISO_8859_1).split("\r?\n");
        String[] status = lines[0].split(" ", 3);
        if (!lines[0].startsWith("HTTP/") || status.length < 2 || !status[1].matches("\\d{3}")) {
            throw new IOException("malformed HTTP response \"" + lines[0] + "\"");
        }
        Optional<String> location = Optional.empty();
        for (String line : lines) {
            if (line.toLowerCase(Locale.ROOT).startsWith("location:")) {
                location = Optional.of(line.substring("location:".length()).strip());
            }
        }
        return new Answer(Integer.parseInt(status[1]), location);
    }

    private static int port(URI uri) {
        if (uri.getPort() > 0) {
            return uri.getPort();
        }
        return uri.getScheme().equals("https") ? 443 : 80;
    }

    static String lower(String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }

    private static SSLContext trusting() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new TrustAnyone()}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class TrustAnyone extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
