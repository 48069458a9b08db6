package io.argosy.controllermanager.autoscaler;

import io.argosy.apimodel.meta.LabelSelector;
import io.argosy.apimodel.quantity.Quantity;
import io.argosy.client.request.ApiClient;
import io.argosy.client.request.Discovery;
import io.argosy.client.request.ObjectJson;
import io.argosy.client.transport.HttpAnswer;
import io.argosy.client.transport.HttpCall;
import io.fabric8.kubernetes.api.model.autoscaling.v2.CrossVersionObjectReference;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The metrics APIs, which other servers serve behind the API server: resource, custom and external metrics. */
final class ApiMetrics implements MetricSource {

    private static final Duration STANDARD_WINDOW = Duration.ofMinutes(1);

    private final ApiClient client;

    ApiMetrics(ApiClient client) {
        this.client = client;
    }

    @Override
    public Map<String, Sample> resource(
            String namespace, LabelSelector pods, String resource, Optional<String> container) {
        String from = "unable to get metrics for resource " + resource
                + ": unable to fetch metrics from resource metrics API: ";
        JsonNode items = get(
                        "/apis/metrics.k8s.io/v1beta1/namespaces/" + namespace + "/pods",
                        Map.of("labelSelector", pods.toString()),
                        from)
                .path("items");
        if (items.isEmpty()) {
            throw new Unavailable("unable to get metrics for resource " + resource
                    + ": no metrics returned from resource metrics API");
        }
        Map<String, Sample> samples = new HashMap<>();
        for (JsonNode item : items) {
            used(item.path("containers"), resource, container)
                    .ifPresent(milli -> samples.put(
                            item.path("metadata").path("name").asString(""),
                            new Sample(
                                    milli,
                                    time(item),
                                    window(item.path("window").asString("")))));
        }
        return samples;
    }

    private static Optional<Long> used(JsonNode containers, String resource, Optional<String> container) {
        long sum = 0;
        boolean any = false;
        for (JsonNode each : containers) {
            if (container.isPresent() && !each.path("name").asString("").equals(container.get())) {
                continue;
            }
            String amount = each.path("usage").path(resource).asString("");
            if (amount.isEmpty()) {
                return Optional.empty();
            }
            sum += milli(amount);
            any = true;
        }
        return any ? Optional.of(sum) : Optional.empty();
    }

    @Override
    public Map<String, Sample> pods(String namespace, LabelSelector pods, String metric, LabelSelector which) {
        String from = "unable to get metric " + metric + ": unable to fetch metrics from custom metrics API: ";
        JsonNode items = get(
                        custom(from) + "/namespaces/" + namespace + "/pods/*/" + encode(metric),
                        selectors(Map.of("labelSelector", pods, "metricLabelSelector", which)),
                        from)
                .path("items");
        if (items.isEmpty()) {
            throw new Unavailable("unable to get metric " + metric + ": no metrics returned from custom metrics API");
        }
        Map<String, Sample> samples = new HashMap<>();
        for (JsonNode item : items) {
            Duration window = item.has("windowSeconds")
                    ? Duration.ofSeconds(item.path("windowSeconds").asLong(60))
                    : STANDARD_WINDOW;
            samples.put(
                    item.path("describedObject").path("name").asString(""),
                    new Sample(milli(item.path("value").asString("0")), time(item), window));
        }
        return samples;
    }

    @Override
    public long object(String namespace, CrossVersionObjectReference object, String metric, LabelSelector which) {
        String from = "unable to get metric " + metric + ": unable to fetch metrics from custom metrics API: ";
        String base = custom(from) + "/namespaces/" + namespace + "/";
        String group = group(object.getApiVersion());
        String path = object.getKind().equals("Namespace") && group.isEmpty()
                ? base + "metrics/" + encode(metric)
                : base + plural(object.getKind(), group, from) + (group.isEmpty() ? "" : "." + group) + "/"
                        + object.getName() + "/" + encode(metric);
        JsonNode items =
                get(path, selectors(Map.of("metricLabelSelector", which)), from).path("items");
        if (items.size() != 1) {
            throw new Unavailable(from + "the custom metrics API server returned " + items.size()
                    + " results when we asked for exactly one");
        }
        return milli(items.get(0).path("value").asString("0"));
    }

    @Override
    public List<Long> external(String namespace, String metric, LabelSelector which) {
        String from = "unable to get external metric " + namespace + "/" + metric + "/" + which
                + ": unable to fetch metrics from external metrics API: ";
        JsonNode items = get(
                        "/apis/external.metrics.k8s.io/v1beta1/namespaces/" + namespace + "/" + encode(metric),
                        selectors(Map.of("labelSelector", which)),
                        from)
                .path("items");
        if (items.isEmpty()) {
            throw new Unavailable("unable to get external metric " + namespace + "/" + metric + "/" + which
                    + ": no metrics returned from external metrics API");
        }
        List<Long> values = new ArrayList<>();
        items.forEach(item -> values.add(milli(item.path("value").asString("0"))));
        return values;
    }

    /** The path of the custom metrics API in the version that its server prefers. */
    private String custom(String from) {
        HttpAnswer answer = client.call(HttpCall.get("/apis/custom.metrics.k8s.io"));
        if (answer.status() == 404) {
            throw new Unavailable(from + "no custom metrics API (custom.metrics.k8s.io) registered");
        }
        if (!answer.isSuccess()) {
            throw new Unavailable(from + why(answer));
        }
        return "/apis/"
                + ObjectJson.tree(answer.body())
                        .path("preferredVersion")
                        .path("groupVersion")
                        .asString("custom.metrics.k8s.io/v1beta2");
    }

    private String plural(String kind, String group, String from) {
        return Discovery.of(client).resources().stream()
                .filter(one -> one.kind().equals(kind)
                        && one.resource().group().equals(group)
                        && one.resource().resource().indexOf('/') < 0)
                .findFirst()
                .map(one -> one.resource().resource())
                .orElseThrow(() ->
                        new Unavailable(from + "no matches for kind \"" + kind + "\" in group \"" + group + "\""));
    }

    private static String group(String apiVersion) {
        int slash = apiVersion == null ? -1 : apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }

    private static Map<String, String> selectors(Map<String, LabelSelector> given) {
        Map<String, String> query = new LinkedHashMap<>();
        given.forEach((name, selector) -> {
            if (!selector.isEverything()) {
                query.put(name, selector.toString());
            }
        });
        return query;
    }

    private JsonNode get(String path, Map<String, String> query, String from) {
        HttpAnswer answer = client.call(HttpCall.of("GET", path, query).withHeader("accept", "application/json"));
        if (!answer.isSuccess()) {
            throw new Unavailable(from + why(answer));
        }
        try {
            return ObjectJson.tree(answer.body());
        } catch (JacksonException e) {
            throw new Unavailable(from + "the answer is no JSON");
        }
    }

    private static String why(HttpAnswer answer) {
        try {
            String message = ObjectJson.tree(answer.body()).path("message").asString("");
            return message.isEmpty() ? "the server answered " + answer.status() : message;
        } catch (JacksonException e) {
            return answer.status() == 404
                    ? "the server could not find the requested resource"
                    : "the server answered " + answer.status();
        }
    }

    private static Instant time(JsonNode item) {
        String text = item.path("timestamp").asString("");
        return text.isEmpty() ? Instant.EPOCH : Instant.parse(text);
    }

    /** A Go duration such as {@code 1m30s}; metrics servers write seconds and minutes only. */
    private static Duration window(String text) {
        try {
            return text.isEmpty() ? STANDARD_WINDOW : Duration.parse("PT" + text.toUpperCase(java.util.Locale.ROOT));
        } catch (java.time.DateTimeException e) {
            return STANDARD_WINDOW;
        }
    }

    private static long milli(String amount) {
        return Quantity.tryParse(amount).map(Quantity::milliValue).orElse(0L);
    }

    private static String encode(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
