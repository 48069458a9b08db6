package io.argosy.client.request;

import io.argosy.client.transport.HttpStream;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/** A watch as lines of JSON. */
final class RestWatch<T extends HasMetadata> implements WatchStream<T> {

    private final HttpStream stream;
    private final ObjectReader<T> reader;
    private final Lines lines;

    RestWatch(HttpStream stream, ObjectReader<T> reader) {
        this.stream = stream;
        this.reader = reader;
        this.lines = new Lines(stream.body());
    }

    @Override
    public Optional<WatchEvent<T>> next() {
        try {
            Optional<byte[]> line = lines.next();
            return line.isEmpty() ? Optional.empty() : Optional.of(event(line.get()));
        } catch (InterruptedIOException e) {
            throw RestClient.interrupted(new InterruptedException());
        } catch (IOException | JacksonException e) {
            throw new RequestException("watch broke off: " + e.getMessage(), false, e);
        }
    }

    private WatchEvent<T> event(byte[] line) throws IOException {
        try (JsonParser parser = ObjectJson.mapper().createParser(line)) {
            String kind = "";
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                if (name.equals("type")) {
                    kind = parser.getString();
                } else if (name.equals("object")) {
                    return event(kind.isEmpty() ? typeOf(line) : kind, parser);
                } else {
                    parser.skipChildren();
                }
            }
        }
        throw new IOException("not a watch event");
    }

    private static String typeOf(byte[] line) {
        return ObjectJson.tree(line).path("type").asString("");
    }

    private WatchEvent<T> event(String kind, JsonParser parser) throws IOException {
        return switch (kind) {
            case "ADDED" -> new WatchEvent.Added<>(reader.object(parser));
            case "MODIFIED" -> new WatchEvent.Modified<>(reader.object(parser));
            case "DELETED" -> new WatchEvent.Deleted<>(reader.object(parser));
            case "BOOKMARK" -> {
                JsonNode metadata = ObjectJson.mapper().readTree(parser).path("metadata");
                yield new WatchEvent.Bookmark<>(
                        metadata.path("resourceVersion").asString(""),
                        metadata.path("annotations")
                                .path("k8s.io/initial-events-end")
                                .asString("")
                                .equals("true"));
            }
            case "ERROR" ->
                new WatchEvent.Failed<>(Statuses.error(500, ObjectJson.mapper().readTree(parser)));
            default -> throw new IOException("unknown watch event type: " + kind);
        };
    }

    @Override
    public void close() {
        stream.close();
    }
}
