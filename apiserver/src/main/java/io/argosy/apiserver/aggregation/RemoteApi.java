package io.argosy.apiserver.aggregation;

import io.argosy.apimodel.codec.JsonReader;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.discovery.RemoteVersion;
import io.argosy.apiserver.openapi.RemoteDocuments;
import io.argosy.apiserver.stream.BackendFetch;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the server behind an APIService whether it answers, and what it serves. */
final class RemoteApi {

    private static final Logger log = LoggerFactory.getLogger(RemoteApi.class);
    private static final int ATTEMPTS = 3;
    private static final String AGGREGATED = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,"
            + "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json";

    private final RemoteServers servers;

    RemoteApi(RemoteServers servers) {
        this.servers = servers;
    }

    /** Blocks while it asks. */
    Availability check(ServedApi api) {
        ServedApi.Service target = api.service().orElseThrow();
        return Availability.ofService(target, servers.service(target), servers.slices(target))
                .orElseGet(() -> ask(api));
    }

    private Availability ask(ServedApi api) {
        String url = "https://" + api.service().orElseThrow().serverName() + ":"
                + api.service().orElseThrow().port() + api.path();
        String why = "";
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                int status = servers.get(api, api.path(), "*/*").status();
                if (status >= 200 && status < 300) {
                    return Availability.PASSED;
                }
                why = "bad status from " + url + ": " + status;
            } catch (IOException | ApiException e) {
                why = String.valueOf(e.getMessage());
            }
        }
        return Availability.failed("failing or missing response from " + url + ": " + why);
    }

    /** The resources of the version, in the form of aggregated discovery. */
    Optional<ArrayValue> resources(ServedApi api) {
        return document(api, "/apis", AGGREGATED)
                .filter(list -> list.string("kind").orElse("").equals("APIGroupDiscoveryList"))
                .flatMap(list -> RemoteVersion.resourcesIn(list, api.version()))
                .or(() -> document(api, api.path(), "application/json")
                        .map(list -> RemoteVersion.resourcesOf(list, api.version())));
    }

    RemoteDocuments openApi(ServedApi api) {
        String third = "/openapi/v3/apis/" + api.version();
        return new RemoteDocuments(
                api.version(),
                document(api, "/openapi/v2", "application/json"),
                document(api, third, "application/json"));
    }

    private Optional<ObjectValue> document(ServedApi api, String path, String accept) {
        try {
            BackendFetch.Answer answer = servers.get(api, path, accept);
            return answer.status() == 200 ? Optional.of(JsonReader.readObject(answer.body())) : Optional.empty();
        } catch (IOException | ApiException e) {
            log.info(
                    "no document of an aggregated server apiservice={} path={} cause={}",
                    api.name(),
                    path,
                    e.getMessage());
            return Optional.empty();
        }
    }
}
