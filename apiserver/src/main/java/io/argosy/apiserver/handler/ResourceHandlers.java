package io.argosy.apiserver.handler;

import io.argosy.apimodel.definition.SubresourceDefinition;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apiserver.registry.Creator;
import io.argosy.apiserver.registry.ResourceRules;
import io.argosy.apiserver.request.ApiRequest;
import io.argosy.apiserver.request.Target;
import io.argosy.daemon.http.HttpExchange;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Finds the handler of a request for a resource or subresource. */
public record ResourceHandlers(
        ResourceRules rules,
        ReadHandler reads,
        WatchHandler watches,
        WriteHandler writes,
        PatchHandler patches,
        DeleteHandler deletes,
        CreatorHandler creators,
        ScaleHandler scales,
        ConnectHandler connects) {

    /** Answers a request for a connection: logs, exec, attach, port-forward, proxy. */
    public interface ConnectHandler {

        /** Whether the subresource is such a connection. */
        boolean connects(Target target);

        void connect(ApiRequest request, HttpExchange exchange, Served served) throws IOException, InterruptedException;
    }

    /** Answers, or throws what is to be told instead. */
    public void handle(ApiRequest request, HttpExchange exchange, Served served)
            throws IOException, InterruptedException {
        Target target = request.target();
        if (request.http().method().equals("HEAD") && !connects.connects(target)) {
            throw methodNotAllowed();
        }
        served.version().deprecationWarning().ifPresent(request.notes()::warn);
        if (target.subresource().isEmpty()) {
            resource(request, exchange, served);
        } else {
            subresource(request, exchange, served);
        }
    }

    private void resource(ApiRequest request, HttpExchange exchange, Served served)
            throws IOException, InterruptedException {
        Target target = request.target();
        if (target.parts().size() > 2 || target.verb().equals("proxy")) {
            throw pathNotFound();
        }
        boolean named = target.parts().size() > 1;
        boolean placed = !served.definition().namespaced()
                || !target.namespace().isEmpty()
                || (!named && Set.of("list", "watch").contains(target.verb()));
        boolean onCollection = switch (target.verb()) {
            case "list", "create", "deletecollection" -> true;
            default -> false;
        };
        boolean fits = target.verb().equals("watch") || onCollection != named;
        if (!placed || !fits || !served.version().verbs().contains(target.verb())) {
            Optional<Creator> creator = rules.creator(served.definition().groupResource(), "");
            if (creator.isPresent() && target.verb().equals("create")) {
                creators.create(request, exchange, served, creator.get(), Optional.empty());
                return;
            }
            if (!placed && named) {
                throw pathNotFound();
            }
            throw methodNotAllowed();
        }
        Optional<Creator> creator = rules.creator(served.definition().groupResource(), "");
        if (creator.isPresent() && target.verb().equals("create")) {
            creators.create(request, exchange, served, creator.get(), Optional.empty());
            return;
        }
        switch (target.verb()) {
            case "get" -> reads.get(request, exchange, served);
            case "list" -> reads.list(request, exchange, served);
            case "watch" -> watches.watch(request, exchange, served);
            case "create" -> writes.create(request, exchange, served);
            case "update" -> writes.update(request, exchange, served);
            case "patch" -> patches.patch(request, exchange, served);
            case "delete" -> deletes.delete(request, exchange, served);
            case "deletecollection" -> deletes.deleteCollection(request, exchange, served);
            default -> throw methodNotAllowed();
        }
    }

    private void subresource(ApiRequest request, HttpExchange exchange, Served served)
            throws IOException, InterruptedException {
        Target target = request.target();
        SubresourceDefinition subresource = served.version().subresources().get(target.subresource());
        if (subresource == null) {
            throw pathNotFound();
        }
        if (connects.connects(target)) {
            connects.connect(request, exchange, served);
            return;
        }
        if (target.parts().size() > 3) {
            throw pathNotFound();
        }
        if (!subresource.verbs().contains(target.verb())) {
            throw methodNotAllowed();
        }
        Optional<Creator> creator = rules.creator(served.definition().groupResource(), target.subresource());
        if (creator.isPresent() && target.verb().equals("create")) {
            creators.create(request, exchange, served, creator.get(), Optional.of(subresource));
            return;
        }
        if (subresource.scale().isPresent()) {
            scales.handle(request, exchange, served, subresource);
            return;
        }
        switch (target.verb()) {
            case "get" -> reads.get(request, exchange, served);
            case "update" -> writes.update(request, exchange, served);
            case "patch" -> patches.patch(request, exchange, served);
            default -> throw methodNotAllowed();
        }
    }

    /** For paths that nobody serves. */
    public static ApiException pathNotFound() {
        return new ApiException(
                404,
                "NotFound",
                "the server could not find the requested resource",
                new ApiException.Details("", "", "", "", java.util.List.of(), OptionalInt.empty()));
    }

    /** For paths that are served, but not so. */
    public static ApiException methodNotAllowed() {
        return new ApiException(
                405,
                "MethodNotAllowed",
                "the server does not allow this method on the requested resource",
                ApiException.Details.NONE);
    }
}
