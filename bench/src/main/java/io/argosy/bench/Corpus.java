package io.argosy.bench;

import io.argosy.client.transport.HttpAnswer;
import io.argosy.client.transport.HttpCall;
import io.argosy.client.transport.Transport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The objects that both servers hold: pods of about 3 kB as JSON over ten namespaces, ten to a node name.
 *
 * @param pods how many
 */
record Corpus(int pods) {

    static final int NAMESPACES = 10;
    static final int PODS_PER_NODE = 10;

    /** Where writes go, so that what is read stays the same. */
    static final String SCRATCH = "bench-scratch";

    private static final String POD = """
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"NAME","namespace":"SPACE",
            "labels":{"app":"shop-frontend","app.kubernetes.io/name":"shop","app.kubernetes.io/part-of":"store","pod-template-hash":"6f5d7c9b8","tier":"web"},
            "annotations":{"prometheus.io/scrape":"true","prometheus.io/port":"9102","example.com/owner":"team-checkout@example.com","example.com/revision":"7b0d1f3a9c5e4f6d8a2b"}},
            "spec":{"nodeName":"NODE","automountServiceAccountToken":false,
            "containers":[{"name":"web","image":"example.com/shop/frontend:2.14.7","ports":[{"containerPort":8080,"name":"http"},{"containerPort":9102,"name":"metrics"}],
            "env":[{"name":"LOG_LEVEL","value":"info"},{"name":"BACKEND","value":"http://catalog.store.svc.cluster.local:8080"},{"name":"POD_IP","valueFrom":{"fieldRef":{"fieldPath":"status.podIP"}}},{"name":"KEY","valueFrom":{"secretKeyRef":{"name":"frontend","key":"session-key"}}}],
            "resources":{"requests":{"cpu":"100m","memory":"128Mi"},"limits":{"memory":"256Mi"}},
            "readinessProbe":{"httpGet":{"path":"/ready","port":"http"},"periodSeconds":5},"livenessProbe":{"httpGet":{"path":"/alive","port":"http"}},
            "volumeMounts":[{"name":"config","mountPath":"/etc/shop"},{"name":"cache","mountPath":"/var/cache/shop"}]},
            {"name":"proxy","image":"example.com/mesh/proxy:1.9.2","args":["--upstream=127.0.0.1:8080","--listen=:8443","--admin=127.0.0.1:15000"],"resources":{"requests":{"cpu":"20m","memory":"40Mi"}}}],
            "volumes":[{"name":"config","configMap":{"name":"frontend"}},{"name":"cache","emptyDir":{"sizeLimit":"1Gi"}}],
            "tolerations":[{"key":"dedicated","operator":"Equal","value":"web","effect":"NoSchedule"}],
            "affinity":{"podAntiAffinity":{"preferredDuringSchedulingIgnoredDuringExecution":[{"weight":100,"podAffinityTerm":{"topologyKey":"kubernetes.io/hostname","labelSelector":{"matchLabels":{"app":"shop-frontend"}}}}]}}}}
            """;

    static String namespace(int pod) {
        return "bench-" + pod % NAMESPACES;
    }

    static String name(int pod) {
        return "shop-frontend-6f5d7c9b8-" + pod;
    }

    static String node(int pod) {
        return "node-" + pod / PODS_PER_NODE;
    }

    static HttpCall create(String namespace, String name, String node) {
        return HttpCall.of("POST", "/api/v1/namespaces/" + namespace + "/pods", Map.of())
                .withBody(
                        "application/json",
                        POD.replace("NAME", name)
                                .replace("SPACE", namespace)
                                .replace("NODE", node)
                                .getBytes(StandardCharsets.UTF_8));
    }

    /** Namespaces with their ServiceAccounts, which no controller makes here. */
    void prepare(Transport transport) throws IOException, InterruptedException {
        for (int number = 0; number <= NAMESPACES; number++) {
            String namespace = number == NAMESPACES ? SCRATCH : namespace(number);
            must(
                    transport,
                    post(
                            "/api/v1/namespaces",
                            "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"%s\"}}"
                                    .formatted(namespace)));
            must(
                    transport,
                    post(
                            "/api/v1/namespaces/" + namespace + "/serviceaccounts",
                            "{\"apiVersion\":\"v1\",\"kind\":\"ServiceAccount\",\"metadata\":{\"name\":\"default\"}}"));
        }
    }

    private static HttpCall post(String path, String json) {
        return HttpCall.of("POST", path, Map.of()).withBody("application/json", json.getBytes(StandardCharsets.UTF_8));
    }

    static HttpAnswer must(Transport transport, HttpCall call) throws IOException, InterruptedException {
        HttpAnswer answer = transport.call(call);
        if (!answer.isSuccess()) {
            throw new IOException(call.method() + " " + call.path() + ": " + answer.status() + " " + answer.text());
        }
        return answer;
    }
}
