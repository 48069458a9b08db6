package io.argosy.apiserver.request;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The parameters of a request's query, decoded. Parts that cannot be decoded are left out. */
public final class Query {

    private final Map<String, List<String>> parameters = new LinkedHashMap<>();

    private Query() {}

    /** @param text the raw query, without the question mark */
    public static Query parse(String text) {
        Query query = new Query();
        if (text.isEmpty()) {
            return query;
        }
        for (String pair : text.split("&")) {
            if (pair.isEmpty() || pair.indexOf(';') >= 0) {
                continue;
            }
            int equals = pair.indexOf('=');
            Optional<String> name = decode(equals < 0 ? pair : pair.substring(0, equals));
            Optional<String> value = equals < 0 ? Optional.of("") : decode(pair.substring(equals + 1));
            if (name.isPresent() && value.isPresent()) {
                query.parameters
                        .computeIfAbsent(name.get(), _ -> new ArrayList<>(1))
                        .add(value.get());
            }
        }
        return query;
    }

    private static Optional<String> decode(String text) {
        try {
            return Optional.of(URLDecoder.decode(text, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    public boolean has(String name) {
        return parameters.containsKey(name);
    }

    /** The first value, or the empty string. */
    public String get(String name) {
        return first(name).orElse("");
    }

    public Optional<String> first(String name) {
        return Optional.ofNullable(parameters.get(name)).map(List::getFirst);
    }

    public List<String> all(String name) {
        return parameters.getOrDefault(name, List.of());
    }

    public Map<String, List<String>> parameters() {
        return parameters;
    }
}
