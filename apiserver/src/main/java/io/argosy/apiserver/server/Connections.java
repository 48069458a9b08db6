package io.argosy.apiserver.server;

import io.argosy.apimodel.meta.GroupVersionKind;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.admission.AdmissionChain;
import io.argosy.apiserver.admission.AdmissionRequest;
import io.argosy.apiserver.admission.Operation;
import io.argosy.apiserver.authz.Attributes;
import io.argosy.apiserver.authz.Authorizer;
import io.argosy.apiserver.authz.Decision;
import io.argosy.apiserver.authz.Denials;
import io.argosy.apiserver.handler.ResourceHandlers;
import io.argosy.apiserver.handler.Served;
import io.argosy.apiserver.request.ApiRequest;
import io.argosy.apiserver.request.Query;
import io.argosy.apiserver.request.Target;
import io.argosy.apiserver.stream.StreamHandler;
import io.argosy.daemon.http.HttpExchange;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Admits connections to pods, nodes and services before they are relayed. */
final class Connections implements ResourceHandlers.ConnectHandler {

    private static final Set<String> UPGRADES = Set.of("exec", "attach", "portforward");

    private final StreamHandler streams;
    private final Supplier<AdmissionChain> admission;
    private final Authorizer authorizer;

    Connections(StreamHandler streams, Supplier<AdmissionChain> admission, Authorizer authorizer) {
        this.streams = streams;
        this.admission = admission;
        this.authorizer = authorizer;
    }

    @Override
    public boolean connects(Target target) {
        return StreamHandler.serves(target);
    }

    @Override
    public void connect(ApiRequest request, HttpExchange exchange, Served served)
            throws IOException, InterruptedException {
        Target target = request.target();
        String method = request.http().method();
        if (target.subresource().equals("log")) {
            if (!Set.of("GET", "HEAD").contains(method) || target.parts().size() > 3) {
                throw ResourceHandlers.methodNotAllowed();
            }
        } else {
            if (UPGRADES.contains(target.subresource())) {
                if (!Set.of("GET", "POST").contains(method) || target.parts().size() > 3) {
                    throw ResourceHandlers.methodNotAllowed();
                }
                requireCreate(request);
            }
            admit(request, served);
        }
        streams.handle(request, exchange);
    }

    /** A connection by GET, as WebSockets open it, must be allowed as one by POST is. */
    private void requireCreate(ApiRequest request) {
        Target target = request.target();
        if (target.verb().equals("create")) {
            return;
        }
        Attributes attributes = Attributes.resource(
                request.user(),
                "create",
                target.namespace(),
                target.group(),
                target.version(),
                target.resource(),
                target.subresource(),
                target.name());
        Decision decision = authorizer.authorize(attributes);
        if (!decision.allowed()) {
            throw Denials.forbidden(attributes, decision.reason());
        }
    }

    private void admit(ApiRequest request, Served served) {
        Target target = request.target();
        ObjectValue options = options(request);
        AdmissionRequest admitted = new AdmissionRequest(
                Operation.CONNECT,
                new GroupVersionKind("", "v1", options.string("kind").orElse("")),
                served.resource(),
                target.subresource(),
                target.namespace(),
                target.name(),
                Optional.of(options),
                Optional.empty(),
                new ObjectValue(),
                false,
                request.user(),
                request.notes()::warn,
                request.notes()::annotate);
        admission.get().mutate(admitted);
        admission.get().validate(admitted);
    }

    /** The options of a connection as admission sees them. */
    private static ObjectValue options(ApiRequest request) {
        Query query = request.query();
        ObjectValue options =
                new ObjectValue().put("kind", kind(request.target())).put("apiVersion", "v1");
        for (String flag : List.of("stdin", "stdout", "stderr", "tty")) {
            if (query.has(flag) && !Set.of("false", "0").contains(query.get(flag))) {
                options.put(flag, true);
            }
        }
        query.first("container").ifPresent(container -> options.put("container", container));
        if (!query.all("command").isEmpty()) {
            options.put("command", ArrayValue.ofStrings(query.all("command")));
        }
        return options;
    }

    private static String kind(Target target) {
        return switch (target.subresource()) {
            case "exec" -> "PodExecOptions";
            case "attach" -> "PodAttachOptions";
            case "portforward" -> "PodPortForwardOptions";
            default ->
                switch (target.resource()) {
                    case "pods" -> "PodProxyOptions";
                    case "services" -> "ServiceProxyOptions";
                    default -> "NodeProxyOptions";
                };
        };
    }
}
