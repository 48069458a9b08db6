package io.argosy.client.transport;

import java.io.IOException;
import java.util.Optional;

/** Adds one identity's credentials and user agent to every request of a transport that may be shared. */
public final class AuthorizedTransport implements Transport {

    private final Transport transport;
    private final Credentials credentials;
    private final String userAgent;
    private final boolean owner;

    /** @param owner whether closing this closes the transport */
    public AuthorizedTransport(Transport transport, Credentials credentials, String userAgent, boolean owner) {
        this.transport = transport;
        this.credentials = credentials;
        this.userAgent = userAgent;
        this.owner = owner;
    }

    /** The same identity under another user agent; closing the result does nothing. */
    public AuthorizedTransport named(String otherUserAgent) {
        return new AuthorizedTransport(transport, credentials, otherUserAgent, false);
    }

    /** Another identity on the same connection; closing the result does nothing. */
    public AuthorizedTransport with(Credentials others, String otherUserAgent) {
        return new AuthorizedTransport(transport, others, otherUserAgent, false);
    }

    @Override
    public HttpAnswer call(HttpCall call) throws IOException, InterruptedException {
        HttpAnswer answer = transport.call(authorized(call));
        if (answer.status() == 401) {
            credentials.rejected();
        }
        return answer;
    }

    @Override
    public HttpStream open(HttpCall call) throws IOException, InterruptedException {
        HttpStream stream = transport.open(authorized(call));
        if (stream.status() == 401) {
            credentials.rejected();
        }
        return stream;
    }

    private HttpCall authorized(HttpCall call) throws NotSentException {
        try {
            Optional<String> header = credentials.authorization();
            HttpCall named = call.withHeader("user-agent", userAgent).withRepeated(credentials.impersonation());
            return header.isPresent() ? named.withHeader("authorization", header.get()) : named;
        } catch (IOException e) {
            throw new NotSentException("credentials cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        if (owner) {
            transport.close();
        }
    }
}
