package io.argosy.apiserver.stream;

import io.argosy.apimodel.status.ApiException;
import io.argosy.daemon.http.HttpRequest;
import io.argosy.daemon.http.WebSocket;
import java.util.List;
import java.util.Optional;

/**
 * A WebSocket subprotocol on which the server alone speaks.
 *
 * @param name empty where the client names none
 */
record OutputProtocol(String name, WebSocket.Form form) {

    private static final List<OutputProtocol> KNOWN = List.of(
            new OutputProtocol("", WebSocket.Form.BINARY),
            new OutputProtocol("binary.k8s.io", WebSocket.Form.BINARY),
            new OutputProtocol("base64.binary.k8s.io", WebSocket.Form.BASE64));

    /**
     * The first that the client names and this server knows; none when the client wants no WebSocket.
     *
     * @throws ApiException with 400 when it names others only
     */
    static Optional<OutputProtocol> asked(HttpRequest request) {
        if (!WebSocket.isRequested(request)) {
            return Optional.empty();
        }
        List<String> named = WebSocket.protocols(request);
        return Optional.of((named.isEmpty() ? List.of("") : named)
                .stream()
                        .flatMap(name ->
                                KNOWN.stream().filter(each -> each.name().equals(name)))
                        .findFirst()
                        .orElseThrow(() -> ApiException.badRequest("requested protocol(s) are not supported: ["
                                + String.join(" ", named) + "]; supports [base64.binary.k8s.io binary.k8s.io]")));
    }
}
