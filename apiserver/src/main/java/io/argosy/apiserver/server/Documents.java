package io.argosy.apiserver.server;

import io.argosy.apimodel.meta.GroupVersion;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.discovery.DiscoveryDocument;
import io.argosy.apiserver.discovery.DiscoveryDocuments;
import io.argosy.apiserver.handler.Answers;
import io.argosy.apiserver.handler.ResourceHandlers;
import io.argosy.apiserver.handler.TreeCodec;
import io.argosy.apiserver.openapi.RemoteDocuments;
import io.argosy.apiserver.request.Accepted;
import io.argosy.apiserver.request.ApiRequest;
import io.argosy.apiserver.request.MediaRange;
import io.argosy.daemon.health.HealthAnswer;
import io.argosy.daemon.health.HealthEndpoint;
import io.argosy.daemon.http.HttpExchange;
import io.argosy.daemon.http.HttpHeaders;
import io.argosy.daemon.http.PreparedResponse;
import io.argosy.daemon.metrics.Metrics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Answers what is no resource: discovery, version, health, metrics, and documents that others add. */
final class Documents {

    private final ServedResources resources;
    private final String address;
    private final List<HealthEndpoint> health;
    private final Metrics metrics;
    private final ObjectValue version;
    private final Map<String, Document> more = new TreeMap<>();
    private final OpenApiRoutes openApi;

    /** A document at a path of its own. */
    record Document(String mediaType, Supplier<byte[]> body) {}

    /**
     * @param address host and port that discovery tells
     * @param remote what other servers say of themselves in OpenAPI
     */
    Documents(
            ServedResources resources,
            String address,
            List<HealthEndpoint> health,
            Metrics metrics,
            ObjectValue version,
            Supplier<List<RemoteDocuments>> remote,
            InstantSource clock) {
        this.resources = resources;
        this.address = address;
        this.health = List.copyOf(health);
        this.metrics = metrics;
        this.version = version;
        this.openApi = new OpenApiRoutes(resources::definitions, remote, clock);
    }

    /** Serves a document; before the server starts. */
    void add(String path, Document document) {
        more.put(path, document);
    }

    void handle(ApiRequest request, HttpExchange exchange) throws IOException {
        String path = request.target().path();
        boolean reads = request.http().method().equals("GET");
        for (HealthEndpoint endpoint : health) {
            Optional<HealthAnswer> answer =
                    endpoint.answer(path, request.query().parameters());
            if (answer.isPresent()) {
                text(request, exchange, answer.get().status(), answer.get().body());
                return;
            }
        }
        if (reads && OpenApiRoutes.serves(path)) {
            openApi.handle(request, exchange);
            return;
        }
        Document document = more.get(path);
        Optional<DiscoveryDocument> discovery = discovery(request, path);
        if (path.startsWith("//")) {
            notFound(request, exchange);
            return;
        }
        if (document == null
                && discovery.isEmpty()
                && !List.of("/", "/version", "/metrics").contains(stripped(path))) {
            if (underServedVersion(path)) {
                throw ResourceHandlers.pathNotFound();
            }
            notFound(request, exchange);
            return;
        }
        if (!reads) {
            throw ResourceHandlers.methodNotAllowed();
        }
        if (discovery.isPresent()) {
            discovered(request, exchange, discovery.get());
        } else if (document != null) {
            bytes(request, exchange, 200, document.mediaType(), document.body().get());
        } else {
            switch (stripped(path)) {
                case "/version" -> json(request, exchange, version);
                case "/metrics" -> bytes(request, exchange, 200, Metrics.CONTENT_TYPE, metrics.expose());
                default -> json(request, exchange, index());
            }
        }
    }

    /** Where a group is served, unknown versions and resources are told as a Status. */
    private boolean underServedVersion(String path) {
        String[] parts = path.split("/");
        return path.startsWith("/api/")
                || (path.startsWith("/apis/")
                        && parts.length > 3
                        && resources.documents().group(parts[2]).isPresent());
    }

    private static String stripped(String path) {
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private Optional<DiscoveryDocument> discovery(ApiRequest request, String path) {
        String[] parts = stripped(path).substring(1).split("/");
        DiscoveryDocuments documents = resources.documents();
        if (parts[0].equals("api")) {
            return switch (parts.length) {
                case 1 -> aggregated(request, true).or(() -> Optional.of(documents.legacyVersions(address)));
                case 2 -> documents.resources(new GroupVersion("", parts[1]));
                default -> Optional.empty();
            };
        }
        if (parts[0].equals("apis")) {
            return switch (parts.length) {
                case 1 -> aggregated(request, false).or(() -> Optional.of(documents.groups()));
                case 2 -> documents.group(parts[1]);
                case 3 -> documents.resources(new GroupVersion(parts[1], parts[2]));
                default -> Optional.empty();
            };
        }
        return Optional.empty();
    }

    /** The form that tells all at once, when the client prefers it. */
    private Optional<DiscoveryDocument> aggregated(ApiRequest request, boolean legacy) {
        String accept = String.join(",", request.http().headers().all("Accept"));
        for (MediaRange range : MediaRange.parseAccept(accept)) {
            if (!range.parameters().getOrDefault("as", "").equals("APIGroupDiscoveryList")) {
                if (range.subtype().equals("json") || range.subtype().equals("*")) {
                    return Optional.empty();
                }
                continue;
            }
            boolean fits = range.subtype().equals("json")
                    && range.parameters().getOrDefault("g", "").equals("apidiscovery.k8s.io");
            Optional<DiscoveryDocument> document = fits
                    ? resources
                            .documents()
                            .aggregated(legacy, range.parameters().getOrDefault("v", ""))
                    : Optional.empty();
            if (document.isPresent()) {
                return document;
            }
        }
        return Optional.empty();
    }

    private static void discovered(ApiRequest request, HttpExchange exchange, DiscoveryDocument document)
            throws IOException {
        ObjectValue tree = document.tree();
        String kind = tree.string("kind").orElse("");
        if (!kind.equals("APIGroupDiscoveryList")) {
            Accepted accepted = Accepted.of(request.http(), request.query(), Accepted.Offer.DOCUMENT, false);
            Answers.tree(exchange, request.notes(), 200, tree, accepted, Optional.of(TreeCodec.metaSchema(kind)));
            return;
        }
        String version = tree.string("apiVersion").orElse("").replace("apidiscovery.k8s.io/", "");
        HttpHeaders headers = Answers.headers(
                request.notes(), "application/json;g=apidiscovery.k8s.io;v=" + version + ";as=APIGroupDiscoveryList");
        headers.set("Cache-Control", "public");
        headers.add("ETag", document.etag()).add("Vary", "Accept");
        boolean known = request.http().headers().get("If-None-Match").equals(document.etag());
        exchange.send(new PreparedResponse(known ? 304 : 200, headers, known ? List.of() : List.of(document.json())));
    }

    private ObjectValue index() {
        List<String> paths = new ArrayList<>(List.of("/.well-known/openid-configuration", "/api", "/api/v1", "/apis"));
        resources.documents().groups().tree().array("groups").stream()
                .flatMap(ArrayValue::objects)
                .forEach(group -> {
                    String name = group.string("name").orElse("");
                    paths.add("/apis/" + name);
                    group.array("versions").stream()
                            .flatMap(ArrayValue::objects)
                            .forEach(one -> paths.add(
                                    "/apis/" + one.string("groupVersion").orElse("")));
                });
        health.forEach(endpoint -> paths.add(endpoint.path()));
        paths.addAll(List.of("/metrics", "/openid/v1/jwks", "/version"));
        paths.addAll(more.keySet());
        return new ObjectValue()
                .put(
                        "paths",
                        ArrayValue.ofStrings(paths.stream().distinct().sorted().toList()));
    }

    private static void json(ApiRequest request, HttpExchange exchange, ObjectValue object) throws IOException {
        bytes(request, exchange, 200, "application/json", TreeCodec.json(object, true));
    }

    private static void text(ApiRequest request, HttpExchange exchange, int code, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        HttpHeaders headers = Answers.headers(request.notes(), "text/plain; charset=utf-8");
        headers.add("X-Content-Type-Options", "nosniff");
        exchange.send(new PreparedResponse(code, headers, List.of(body)));
    }

    private static void bytes(ApiRequest request, HttpExchange exchange, int code, String mediaType, byte[] body)
            throws IOException {
        exchange.send(new PreparedResponse(code, Answers.headers(request.notes(), mediaType), List.of(body)));
    }

    private static void notFound(ApiRequest request, HttpExchange exchange) throws IOException {
        text(request, exchange, 404, "404 page not found\n");
    }

    /** The document at {@code /version}. */
    static ObjectValue version(String gitVersion) {
        String[] numbers = gitVersion.replace("v", "").split("\\.");
        return new ObjectValue()
                .put("major", numbers[0])
                .put("minor", numbers[1])
                .put("emulationMajor", numbers[0])
                .put("emulationMinor", numbers[1])
                .put("minCompatibilityMajor", numbers[0])
                .put("minCompatibilityMinor", Integer.toString(Integer.parseInt(numbers[1]) - 1))
                .put("gitVersion", gitVersion)
                .put("gitCommit", "")
                .put("gitTreeState", "")
                .put("buildDate", "2026-01-01T00:00:00Z")
                .put("goVersion", "java" + Runtime.version().feature())
                .put("compiler", "javac")
                .put("platform", "linux/amd64");
    }
}
