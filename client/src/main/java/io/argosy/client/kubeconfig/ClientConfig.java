package io.argosy.client.kubeconfig;

import io.argosy.client.transport.ClientTls;
import io.argosy.client.transport.Credentials;
import java.net.URI;
import java.util.Optional;

/**
 * Where an apiserver is and who calls it.
 *
 * @param serverName that its certificate must have; empty for the URI's host
 * @param tls what to trust and show
 * @param credentials beyond the client certificate
 * @param proxy through which the server is reached
 * @param namespace of the context, empty when it names none
 * @param qps requests a second on average; 0 or less for no limit
 * @param burst requests at once
 */
public record ClientConfig(
        URI server,
        String serverName,
        ClientTls.Options tls,
        Credentials credentials,
        Optional<URI> proxy,
        String namespace,
        double qps,
        int burst) {

    public ClientConfig withLimit(double requestsPerSecond, int atOnce) {
        return new ClientConfig(server, serverName, tls, credentials, proxy, namespace, requestsPerSecond, atOnce);
    }

    /** The same server for a caller without client certificate. */
    public ClientConfig withCredentials(Credentials others) {
        ClientTls.Options anonymous = new ClientTls.Options(
                tls.authorities(), Optional.empty(), Optional.empty(), tls.insecure(), tls.http2());
        return new ClientConfig(server, serverName, anonymous, others, proxy, namespace, qps, burst);
    }

    /** Another server for the same caller, as {@code --master} asks. */
    public ClientConfig withServer(URI other) {
        return new ClientConfig(other, serverName, tls, credentials, proxy, namespace, qps, burst);
    }
}
