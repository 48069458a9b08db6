package io.argosy.apiserver.admission.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.argosy.apimodel.codec.JsonReader;
import io.argosy.apimodel.codec.JsonWriter;
import io.argosy.apimodel.codec.YamlReader;
import io.argosy.apimodel.meta.GroupVersionKind;
import io.argosy.apimodel.meta.GroupVersionResource;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.admission.AdmissionChain;
import io.argosy.apiserver.admission.AdmissionRequest;
import io.argosy.apiserver.admission.ObjectVersions;
import io.argosy.apiserver.admission.Operation;
import io.argosy.apiserver.authn.UserInfo;
import io.argosy.apiserver.authz.Decision;
import io.argosy.apiserver.callout.ScriptedServer;
import io.argosy.apiserver.callout.ServiceAddresses;
import io.argosy.apiserver.callout.WebhookCaller;
import io.argosy.apiserver.objects.MemoryObjects;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AdmissionWebhooksTest {

    private static final ObjectVersions VERSIONS = new ObjectVersions() {
        @Override
        public List<Form> equivalents(GroupVersionResource resource, String subresource) {
            return List.of();
        }

        @Override
        public ObjectValue convert(ObjectValue object, GroupVersionKind from, GroupVersionKind to) {
            return object;
        }

        @Override
        public void settle(ObjectValue object, GroupVersionKind kind) {
            object.put("settled", true);
        }

        @Override
        public ObjectValue merge(ObjectValue object, ObjectValue part, GroupVersionKind kind) {
            throw new AssertionError("nothing to merge");
        }

        @Override
        public Optional<Kept> kept(GroupVersionKind kind) {
            return Optional.empty();
        }
    };

    private final MemoryObjects objects = new MemoryObjects();
    private final List<String> warnings = new ArrayList<>();
    private final Map<String, String> annotations = new TreeMap<>();
    private boolean dryRun;

    private static ObjectValue configuration(String kind, ScriptedServer server, String more) {
        return (ObjectValue) YamlReader.read("""
                kind: KIND
                metadata: {name: conf}
                webhooks:
                - name: a.example.com
                  admissionReviewVersions: [v2, v1]
                  sideEffects: None
                  timeoutSeconds: 20
                  clientConfig: {url: 'URL'}
                  rules: [{operations: ['*'], apiGroups: [''], apiVersions: [v1], resources: ['*']}]
                  MORE
                """.replace("KIND", kind)
                .replace("URL", server.target().url())
                .replace("MORE", more)
                .getBytes(StandardCharsets.UTF_8));
    }

    /** What a webhook answers, with the uid of what it was asked. */
    private static String answer(String request, String response) {
        String uid = JsonReader.readObject(request.getBytes(StandardCharsets.UTF_8))
                .string("request", "uid")
                .orElse("");
        return ScriptedServer.ok("{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\",\"response\":{"
                + "\"uid\":\"" + uid + "\"," + response + "}}");
    }

    private static String patch(String operations) {
        return "\"allowed\":true,\"patchType\":\"JSONPatch\",\"patch\":\""
                + Base64.getEncoder().encodeToString(operations.getBytes(StandardCharsets.UTF_8)) + "\"";
    }

    private AdmissionRequest request() {
        return new AdmissionRequest(
                Operation.CREATE,
                new GroupVersionKind("", "v1", "ConfigMap"),
                new GroupVersionResource("", "v1", "configmaps"),
                "",
                "ns",
                "cm",
                Optional.of(JsonReader.readObject(
                        "{\"metadata\":{\"name\":\"cm\"},\"data\":{}}".getBytes(StandardCharsets.UTF_8))),
                Optional.empty(),
                new ObjectValue(),
                dryRun,
                UserInfo.of("jane"),
                warnings::add,
                annotations::put);
    }

    private AdmissionWebhooks webhooks(ObjectValue configuration) {
        objects.create(
                configuration.string("kind").orElse("").startsWith("Mutating")
                        ? MutatingWebhooks.RESOURCE
                        : ValidatingWebhooks.RESOURCE,
                configuration);
        AdmissionWebhooks webhooks = new AdmissionWebhooks(
                objects,
                VERSIONS,
                _ -> new Decision.NoOpinion(""),
                new WebhookCaller(new ServiceAddresses(objects, new Random(1)), InstantSource.system()),
                UUID::randomUUID,
                Thread.ofVirtual().factory());
        webhooks.follow();
        return webhooks;
    }

    private void validate(ScriptedServer server, String more) {
        webhooks(configuration("ValidatingWebhookConfiguration", server, more))
                .validating()
                .validate(request());
    }

    @Test
    void tellsARefusalAsTheWebhookDoes() throws Exception {
        List<String> asked = new ArrayList<>();
        try (ScriptedServer server = new ScriptedServer(request -> {
            asked.add(request);
            return answer(
                    request,
                    "\"allowed\":false,\"warnings\":[\"careful\"],\"auditAnnotations\":{\"k\":\"v\"},"
                            + "\"status\":{\"reason\":\"Odd\",\"message\":\"no\",\"code\":200}");
        })) {
            ApiException refused = assertThrows(ApiException.class, () -> validate(server, ""));
            assertEquals("admission webhook \"a.example.com\" denied the request: no", refused.message());
            assertEquals(400, refused.code());
            assertEquals("Odd", refused.reason());
            assertEquals(List.of("careful"), warnings);
            assertEquals(Map.of("a.example.com/k", "v"), annotations);
        }
        ObjectValue request = JsonReader.readObject(asked.getFirst().getBytes(StandardCharsets.UTF_8));
        assertEquals("admission.k8s.io/v1", request.string("apiVersion").orElse(""));
        assertEquals("jane", request.string("request", "userInfo", "username").orElse(""));
        assertEquals("ConfigMap", request.string("request", "object", "kind").orElse(""));
        assertEquals("CREATE", request.string("request", "operation").orElse(""));
    }

    @Test
    void failsClosedOrOpen() throws Exception {
        try (ScriptedServer server = new ScriptedServer(_ -> ScriptedServer.ok("{\"response\":{}}"))) {
            ApiException failed = assertThrows(ApiException.class, () -> validate(server, ""));
            assertEquals(500, failed.code());
            assertEquals("InternalError", failed.reason());
            assertTrue(
                    failed.message()
                            .startsWith("Internal error occurred: failed calling webhook \"a.example.com\": received"
                                    + " invalid webhook response: expected response.uid="),
                    failed.message());
        }
        try (ScriptedServer server = new ScriptedServer(_ -> ScriptedServer.ok("nonsense"))) {
            objects.delete(ValidatingWebhooks.RESOURCE, "", "conf", "");
            validate(server, "failurePolicy: Ignore");
            assertEquals(
                    "a.example.com",
                    annotations.get("failed-open.validating.webhook.admission.k8s.io/round_0_index_0"));
        }
    }

    @Test
    void asksNoUnsafeWebhookInADryRun() throws Exception {
        dryRun = true;
        try (ScriptedServer server = new ScriptedServer(_ -> "")) {
            ObjectValue configuration = configuration("ValidatingWebhookConfiguration", server, "");
            configuration.array("webhooks").orElseThrow().objects().forEach(one -> one.put("sideEffects", "Some"));
            ApiException refused = assertThrows(
                    ApiException.class,
                    () -> webhooks(configuration).validating().validate(request()));
            assertEquals("admission webhook \"a.example.com\" does not support dry run", refused.message());
            assertEquals(0, server.connections.get());
        }
    }

    @Test
    void looksAtMatchConditions() throws Exception {
        try (ScriptedServer server = new ScriptedServer(request -> answer(request, "\"allowed\":false"))) {
            validate(server, "matchConditions: [{name: c, expression: \"object.metadata.name == 'other'\"}]");
            assertEquals(0, server.connections.get());
            objects.delete(ValidatingWebhooks.RESOURCE, "", "conf", "");
            ApiException unclear = assertThrows(
                    ApiException.class,
                    () -> validate(server, "matchConditions: [{name: c, expression: \"object.nope == 'other'\"}]"));
            assertEquals(
                    "configmaps \"cm\" is forbidden: expression 'object.nope == 'other'' resulted in error: no such key:"
                            + " nope",
                    unclear.message());
        }
    }

    @Test
    void patchesAndAsksAgainWhoWantsIt() throws Exception {
        try (ScriptedServer server = new ScriptedServer(request -> answer(
                request,
                request.contains("\"b\":")
                        ? "\"allowed\":true"
                        : patch(
                                request.contains("\"a\":")
                                        ? "[{\"op\":\"add\",\"path\":\"/data/b\",\"value\":\"2\"}]"
                                        : "[{\"op\":\"add\",\"path\":\"/data/a\",\"value\":\"1\"}]")))) {
            ObjectValue configuration =
                    configuration("MutatingWebhookConfiguration", server, "reinvocationPolicy: IfNeeded");
            ObjectValue second = configuration
                    .array("webhooks")
                    .orElseThrow()
                    .objects()
                    .toList()
                    .getFirst()
                    .copy();
            configuration.array("webhooks").orElseThrow().add(second.put("name", "b.example.com"));
            AdmissionRequest request = request();
            new AdmissionChain(List.of(webhooks(configuration).mutating())).mutate(request);
            ObjectValue object = request.object().orElseThrow();
            assertEquals(
                    "{\"a\":\"1\",\"b\":\"2\"}",
                    new String(JsonWriter.write(object.object("data").orElseThrow()), StandardCharsets.UTF_8));
            assertTrue(object.isTrue("settled"));
            assertEquals(3, server.requestLines.size(), "only the first has not seen all changes");
            assertTrue(annotations
                    .get("mutation.webhook.admission.k8s.io/round_0_index_1")
                    .contains("\"mutated\":true"));
        }
    }
}
