package io.argosy.apiserver.audit;

import io.argosy.apimodel.codec.JsonWriter;
import io.argosy.apimodel.time.ApiTime;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apimodel.tree.Value;
import io.argosy.apiserver.authn.UserInfo;
import io.argosy.apiserver.request.ApiRequest;
import io.argosy.apiserver.request.RequestNotes;
import io.argosy.apiserver.request.Target;
import io.argosy.daemon.http.HttpExchange;
import io.argosy.daemon.http.HttpRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes audit events, one JSON object a line, before the request goes on. Thread-safe. */
public final class AuditTrail implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(AuditTrail.class);

    private final AuditPolicy policy;
    private final Optional<OutputStream> out;
    private final InstantSource clock;

    /** @param out where events go; empty writes none */
    public AuditTrail(AuditPolicy policy, Optional<OutputStream> out, InstantSource clock) {
        this.policy = policy;
        this.out = out;
        this.clock = clock;
    }

    /** Begins to follow a request. */
    public Entry begin(String id, Target target, HttpRequest request) {
        return new Entry(id, target, request);
    }

    /** One request as it goes through the server; used by one thread. */
    public final class Entry implements AutoCloseable {
        private final String id;
        private final Target target;
        private final HttpRequest request;
        private @Nullable UserInfo user;
        private @Nullable UserInfo impersonated;
        private AuditPolicy.@Nullable Decision decision;
        private boolean complete;

        private Entry(String id, Target target, HttpRequest request) {
            this.id = id;
            this.target = target;
            this.request = request;
        }

        /** The sender is known. */
        public void user(UserInfo sender) {
            user = sender;
            if (out.isPresent()) {
                decision = policy.decide(sender, target);
                write("RequestReceived", new RequestNotes(), 0);
            }
        }

        /** The sender acts as this user, or as itself. */
        public void impersonated(UserInfo other) {
            UserInfo sender = user;
            if (sender != null && !sender.equals(other)) {
                impersonated = other;
            }
        }

        /** The request goes to its handler. */
        public void authorized(ApiRequest authorized, HttpExchange exchange) {
            if (target.verb().equals("watch")) {
                write("ResponseStarted", authorized.notes(), 200);
            }
        }

        /** The answer is complete. */
        public void done(RequestNotes notes, int code) {
            if (!complete) {
                complete = true;
                write("ResponseComplete", notes, code);
            }
        }

        private void write(String stage, RequestNotes notes, int code) {
            AuditPolicy.Decision decided = decision;
            if (decided == null
                    || out.isEmpty()
                    || decided.level() == AuditPolicy.Level.NONE
                    || decided.omittedStages().contains(stage)) {
                return;
            }
            append(event(decided.level(), stage, notes, code));
        }

        private ObjectValue event(AuditPolicy.Level level, String stage, RequestNotes notes, int code) {
            ObjectValue event = new ObjectValue()
                    .put("kind", "Event")
                    .put("apiVersion", "audit.k8s.io/v1")
                    .put("level", level.text())
                    .put("auditID", id)
                    .put("stage", stage)
                    .put("requestURI", request.target())
                    .put("verb", target.verb())
                    .put("user", shown(user));
            if (impersonated != null) {
                event.put("impersonatedUser", shown(impersonated));
            }
            InetSocketAddress remote = request.remote();
            event.put("sourceIPs", ArrayValue.of(Value.of(remote.getAddress().getHostAddress())));
            event.put("userAgent", request.headers().get("User-Agent"));
            if (target.resourceRequest()) {
                event.put("objectRef", reference());
            }
            if (code != 0) {
                event.put(
                        "responseStatus",
                        new ObjectValue().put("metadata", new ObjectValue()).put("code", code));
            }
            Instant now = clock.instant();
            event.put("requestReceivedTimestamp", ApiTime.formatMicro(request.receivedAt()));
            event.put("stageTimestamp", ApiTime.formatMicro(now));
            if (!notes.annotations().isEmpty()) {
                event.put("annotations", ObjectValue.ofStrings(notes.annotations()));
            }
            return event;
        }

        private ObjectValue reference() {
            ObjectValue reference = new ObjectValue().put("resource", target.resource());
            put(reference, "namespace", target.namespace());
            put(reference, "name", target.name());
            put(reference, "apiGroup", target.group());
            put(reference, "apiVersion", target.version());
            put(reference, "subresource", target.subresource());
            return reference;
        }

        @Override
        public void close() {
            done(new RequestNotes(), 500);
        }
    }

    private static void put(ObjectValue object, String field, String text) {
        if (!text.isEmpty()) {
            object.put(field, text);
        }
    }

    private static ObjectValue shown(@Nullable UserInfo user) {
        ObjectValue object = new ObjectValue();
        if (user == null) {
            return object;
        }
        put(object, "username", user.name());
        put(object, "uid", user.uid());
        if (!user.groups().isEmpty()) {
            object.put("groups", ArrayValue.ofStrings(user.groups()));
        }
        if (!user.extra().isEmpty()) {
            ObjectValue extra = object.objectOrNew("extra");
            user.extra().forEach((key, values) -> extra.put(key, ArrayValue.ofStrings(values)));
        }
        return object;
    }

    private void append(ObjectValue event) {
        byte[] json = JsonWriter.write(event);
        byte[] line = java.util.Arrays.copyOf(json, json.length + 1);
        line[json.length] = '\n';
        OutputStream target = out.orElseThrow();
        synchronized (this) {
            try {
                target.write(line);
                target.flush();
            } catch (IOException e) {
                log.error("audit event lost", e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (out.isPresent()) {
            out.get().close();
        }
    }
}
