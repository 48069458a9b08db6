package io.argosy.client.request;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.client.transport.HttpAnswer;
import io.argosy.client.transport.HttpCall;
import io.argosy.client.transport.HttpStream;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** One resource's calls as HTTP. */
final class RestResource<T extends HasMetadata> implements ResourceClient<T> {

    private static final String JSON = "application/json";
    private static final int MAX_ERROR = 1 << 20;

    private final RestClient client;
    private final ResourceType<T> type;
    private final ObjectReader<T> reader;

    RestResource(RestClient client, ResourceType<T> type) {
        this.client = client;
        this.type = type;
        this.reader = new ObjectReader<>(type);
    }

    @Override
    public ResourceType<T> type() {
        return type;
    }

    private String path(ObjectKey key) {
        return type.path(key.namespace()) + "/" + encode(key.name());
    }

    private String path(ObjectKey key, String subresource) {
        return subresource.isEmpty() ? path(key) : path(key) + "/" + subresource;
    }

    private static String encode(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private HttpCall call(String method, String path, Map<String, String> query) {
        String accept = type.metadataOnly()
                ? "application/json;as="
                        + (path.equals(type.path("")) ? "PartialObjectMetadataList" : "PartialObjectMetadata")
                        + ";g=meta.k8s.io;v=v1,application/json"
                : JSON;
        return HttpCall.of(method, path, query).withHeader("accept", accept);
    }

    private HttpAnswer checked(HttpCall call) {
        HttpAnswer answer = client.call(call);
        if (!answer.isSuccess()) {
            throw Statuses.error(answer.status(), answer.headers(), answer.body());
        }
        return answer;
    }

    private T one(HttpCall call) {
        return reader.object(checked(call).body());
    }

    @Override
    public T get(ObjectKey key) {
        return one(call("GET", path(key), Map.of()));
    }

    @Override
    public ObjectList<T> list(ListQuery query) {
        String accept = type.metadataOnly()
                ? "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json"
                : JSON;
        HttpCall call = HttpCall.of("GET", type.path(query.namespace()), Queries.of(query))
                .withHeader("accept", accept);
        try (HttpStream stream = client.open(call)) {
            try {
                if (stream.status() != 200) {
                    throw error(stream);
                }
                return reader.list(stream.body());
            } catch (IOException | JacksonException e) {
                throw new RequestException("GET " + call.path() + ": " + e.getMessage(), false, e);
            }
        }
    }

    private static RuntimeException error(HttpStream stream) throws IOException {
        try (InputStream body = stream.body()) {
            return Statuses.error(stream.status(), stream.headers(), body.readNBytes(MAX_ERROR));
        }
    }

    @Override
    public T create(T object) {
        return create(object, WriteOptions.NONE);
    }

    @Override
    public T create(T object, WriteOptions options) {
        String namespace = ResourceType.keyOf(object).namespace();
        return one(call("POST", type.path(namespace), Queries.of(options)).withBody(JSON, ObjectJson.write(object)));
    }

    @Override
    public T update(T object) {
        return update(object, "");
    }

    @Override
    public T update(T object, String subresource) {
        return one(call("PUT", path(ResourceType.keyOf(object), subresource), Map.of())
                .withBody(JSON, ObjectJson.write(object)));
    }

    @Override
    public T patch(ObjectKey key, Patch patch, String subresource, WriteOptions options) {
        return one(
                call("PATCH", path(key, subresource), Queries.of(options)).withBody(patch.contentType(), patch.body()));
    }

    @Override
    public DeleteResult delete(ObjectKey key, DeleteOptions options) {
        HttpCall call = HttpCall.of("DELETE", path(key), Map.of()).withHeader("accept", JSON);
        byte[] body = checked(call.withBody(JSON, Queries.body(options))).body();
        JsonNode answer = ObjectJson.tree(body);
        if (answer.path("kind").asString("").equals("Status")) {
            return new DeleteResult("", answer.path("details").path("uid").asString(""));
        }
        JsonNode metadata = answer.path("metadata");
        return new DeleteResult(
                metadata.path("resourceVersion").asString(""),
                metadata.path("uid").asString(""));
    }

    @Override
    public void deleteAll(ListQuery query, DeleteOptions options) {
        checked(HttpCall.of("DELETE", type.path(query.namespace()), Queries.of(query))
                .withHeader("accept", JSON)
                .withBody(JSON, Queries.body(options)));
    }

    @Override
    public <B> B createSubresource(ObjectKey key, String subresource, B body) {
        @SuppressWarnings("unchecked")
        Class<B> as = (Class<B>) body.getClass();
        HttpAnswer answer = checked(HttpCall.of("POST", path(key, subresource), Map.of())
                .withHeader("accept", JSON)
                .withBody(JSON, ObjectJson.write(body)));
        return ObjectJson.read(answer.body(), as);
    }

    @Override
    public <B> B getSubresource(ObjectKey key, String subresource, Class<B> as) {
        HttpAnswer answer =
                checked(HttpCall.of("GET", path(key, subresource), Map.of()).withHeader("accept", JSON));
        return ObjectJson.read(answer.body(), as);
    }

    @Override
    public WatchStream<T> watch(WatchQuery query) {
        Map<String, String> parameters = new LinkedHashMap<>(Queries.of(query));
        HttpCall call = call("GET", type.path(query.namespace()), parameters).withTimeout(Duration.ofSeconds(30));
        if (type.metadataOnly()) {
            call = call.withHeader(
                    "accept", "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json");
        }
        HttpStream stream = client.open(call);
        try {
            if (stream.status() != 200) {
                throw error(stream);
            }
            return new RestWatch<>(stream, reader);
        } catch (IOException e) {
            stream.close();
            throw new RequestException("watch " + call.path() + ": " + e.getMessage(), false, e);
        } catch (RuntimeException e) {
            stream.close();
            throw e;
        }
    }
}
