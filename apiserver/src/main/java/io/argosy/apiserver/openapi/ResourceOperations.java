package io.argosy.apiserver.openapi;

import io.argosy.apimodel.definition.ResourceDefinition;
import io.argosy.apimodel.definition.SubresourceDefinition;
import io.argosy.apimodel.definition.VersionDefinition;
import io.argosy.apimodel.meta.GroupVersionKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The operations of one resource in one version, by path. */
final class ResourceOperations {

    private static final String STATUS = Kinds.META + "Status";
    private static final String DELETE_OPTIONS = Kinds.META + "DeleteOptions";

    private final ResourceDefinition resource;
    private final VersionDefinition version;
    private final MediaTypes media;
    private final GroupVersionKind kind;
    private final String type;
    private final String names;
    private final String tag;
    private final Map<String, List<Operation>> paths = new LinkedHashMap<>();

    private ResourceOperations(ResourceDefinition resource, VersionDefinition version) {
        this.resource = resource;
        this.version = version;
        this.media = MediaTypes.of(resource);
        this.kind = new GroupVersionKind(
                resource.group(), version.name(), resource.names().kind());
        this.type = Kinds.typeName(resource, version);
        this.names = Kinds.camel(resource.group(), version.name());
        this.tag = Kinds.tag(resource.group(), version.name());
    }

    static Map<String, List<Operation>> of(ResourceDefinition resource, VersionDefinition version) {
        ResourceOperations operations = new ResourceOperations(resource, version);
        operations.addAll();
        return operations.paths;
    }

    private void addAll() {
        String root = resource.group().isEmpty()
                ? "/api/" + version.name()
                : "/apis/" + resource.group() + "/" + version.name();
        String plural = "/" + resource.names().plural();
        String scope = resource.namespaced() ? "/namespaces/{namespace}" : "";
        String item = root + scope + plural + "/{name}";
        addCollection(root + scope + plural);
        addItem(item);
        version.subresources().values().forEach(part -> addPart(item, part));
        if (resource.namespaced() && has("list")) {
            add(root + plural, list("ForAllNamespaces", false));
        }
        if (has("watch") && resource.builtIn()) {
            addWatches(root, scope, plural);
        }
    }

    private String deleted() {
        return resource.returnsDeleted() ? type : STATUS;
    }

    private boolean has(String verb) {
        return version.verbs().contains(verb);
    }

    private void add(String path, Operation operation) {
        paths.computeIfAbsent(path, _ -> new ArrayList<>()).add(operation);
    }

    private String name() {
        return (resource.namespaced() ? "Namespaced" : "") + resource.names().kind();
    }

    private void addCollection(String path) {
        String kindName = resource.names().kind();
        if (has("deletecollection")) {
            add(
                    path,
                    operation(
                            "delete",
                            "delete" + names + "Collection" + name(),
                            "delete collection of " + kindName,
                            "deletecollection",
                            Parameter.DELETE_COLLECTION,
                            Optional.of(new Operation.Body(DELETE_OPTIONS, List.of("*/*"), false)),
                            List.of(ok(STATUS)),
                            Shape.COLLECTION));
        }
        if (has("list")) {
            add(path, list("", true));
        }
        if (has("create")) {
            add(
                    path,
                    operation(
                            "post",
                            "create" + names + name(),
                            "create " + withArticle(kindName),
                            "post",
                            Parameter.WRITE,
                            Optional.of(new Operation.Body(type, List.of("*/*"), true)),
                            List.of(ok(type), created(type), accepted(type)),
                            Shape.COLLECTION));
        }
    }

    private Operation list(String suffix, boolean inNamespace) {
        String kindName = resource.names().kind();
        String list = Kinds.listName(resource, version);
        return operation(
                "get",
                "list" + names + (inNamespace ? name() : kindName) + suffix,
                "list " + (has("watch") ? "or watch " : "") + "objects of kind " + kindName,
                "list",
                Parameter.LIST,
                Optional.empty(),
                List.of(new Operation.Answer("200", "OK", list, media.streams())),
                inNamespace ? Shape.COLLECTION : Shape.ALL_NAMESPACES);
    }

    private void addItem(String path) {
        String kindName = resource.names().kind();
        if (has("delete")) {
            add(
                    path,
                    operation(
                            "delete",
                            "delete" + names + name(),
                            "delete " + withArticle(kindName),
                            "delete",
                            Parameter.DELETE,
                            Optional.of(new Operation.Body(DELETE_OPTIONS, List.of("*/*"), false)),
                            List.of(ok(deleted()), accepted(deleted())),
                            Shape.ITEM));
        }
        addParts(path, version.verbs(), type, kind, name(), "the specified " + kindName, Shape.ITEM);
    }

    /** Read, change and replace, of the object or of a part of it. */
    private void addParts(
            String path,
            Set<String> verbs,
            String answered,
            GroupVersionKind of,
            String called,
            String what,
            Shape shape) {
        if (verbs.contains("get")) {
            add(
                    path,
                    operation(
                            "get",
                            "read" + names + called,
                            "read " + what,
                            "get",
                            List.of(),
                            Optional.empty(),
                            List.of(ok(answered)),
                            shape,
                            of));
        }
        if (verbs.contains("patch")) {
            add(
                    path,
                    operation(
                            "patch",
                            "patch" + names + called,
                            "partially update " + what,
                            "patch",
                            Parameter.PATCH,
                            Optional.of(new Operation.Body(SharedTypes.PATCH, media.patches(), true)),
                            List.of(ok(answered), created(answered)),
                            shape,
                            of));
        }
        if (verbs.contains("update")) {
            add(
                    path,
                    operation(
                            "put",
                            "replace" + names + called,
                            "replace " + what,
                            "put",
                            Parameter.WRITE,
                            Optional.of(new Operation.Body(answered, List.of("*/*"), true)),
                            List.of(ok(answered), created(answered)),
                            shape,
                            of));
        }
    }

    private void addPart(String item, SubresourceDefinition part) {
        String kindName = resource.names().kind();
        String path = item + "/" + part.name();
        String called = name() + Kinds.capital(part.name());
        if (part.name().equals("log")) {
            add(path, log(called));
            return;
        }
        if (part.kind().kind().endsWith("Options")) {
            addConnections(path, called, part);
            return;
        }
        String answered = PartTypes.name(part, type, resource, version);
        if (part.verbs().contains("create")) {
            add(
                    path,
                    operation(
                            "post",
                            "create" + names + called,
                            "create " + part.name() + " of a " + kindName,
                            "post",
                            Parameter.WRITE,
                            Optional.of(new Operation.Body(answered, List.of("*/*"), true)),
                            List.of(ok(answered), created(answered), accepted(answered)),
                            Shape.ITEM,
                            part.kind()));
        }
        addParts(
                path,
                part.verbs(),
                answered,
                part.kind(),
                called,
                part.name() + " of the specified " + kindName,
                Shape.ITEM);
    }

    private Operation log(String called) {
        return operation(
                "get",
                "read" + names + called,
                "read log of the specified " + resource.names().kind(),
                "get",
                Parameter.LOG,
                Optional.empty(),
                List.of(new Operation.Answer("200", "OK", "", media.texts())),
                Shape.ITEM,
                kind);
    }

    private void addConnections(String path, String called, SubresourceDefinition part) {
        boolean proxy = part.name().equals("proxy");
        List<String> methods =
                proxy ? List.of("delete", "get", "head", "options", "patch", "post", "put") : List.of("get", "post");
        for (String method : methods) {
            add(path, connection(method, called, "", part, Shape.CONNECTION));
            if (proxy) {
                add(path + "/{path}", connection(method, called, "WithPath", part, Shape.CONNECTION_PATH));
            }
        }
    }

    private Operation connection(String method, String called, String suffix, SubresourceDefinition part, Shape shape) {
        return operation(
                method,
                "connect" + names + Kinds.capital(method) + called + suffix,
                "connect " + method.toUpperCase(Locale.ROOT) + " requests to " + part.name() + " of "
                        + resource.names().kind(),
                "connect",
                Parameter.ofConnection(part.kind().kind()),
                Optional.empty(),
                List.of(new Operation.Answer("200", "OK", "", List.of("*/*"))),
                shape,
                part.kind());
    }

    private void addWatches(String root, String scope, String plural) {
        String kindName = resource.names().kind();
        String instead = " deprecated: use the 'watch' parameter with a list operation instead";
        List<Operation.Answer> events =
                List.of(new Operation.Answer("200", "OK", SharedTypes.WATCH_EVENT, media.streams()));
        String changes = "watch individual changes to a list of " + kindName + "." + instead + ".";
        if (resource.namespaced()) {
            add(
                    root + "/watch" + plural,
                    operation(
                            "get",
                            "watch" + names + kindName + "ListForAllNamespaces",
                            changes,
                            "watchlist",
                            Parameter.LIST,
                            Optional.empty(),
                            events,
                            Shape.ALL_NAMESPACES));
        }
        add(
                root + "/watch" + scope + plural,
                operation(
                        "get",
                        "watch" + names + name() + "List",
                        changes,
                        "watchlist",
                        Parameter.LIST,
                        Optional.empty(),
                        events,
                        Shape.COLLECTION));
        if (has("get")) {
            add(
                    root + "/watch" + scope + plural + "/{name}",
                    operation(
                            "get",
                            "watch" + names + name(),
                            "watch changes to an object of kind " + kindName + "." + instead
                                    + ", filtered to a single item with the 'fieldSelector' parameter.",
                            "watch",
                            Parameter.LIST,
                            Optional.empty(),
                            events,
                            Shape.ITEM));
        }
    }

    /** Which parameters a path has. */
    private enum Shape {
        ALL_NAMESPACES,
        COLLECTION,
        ITEM,
        CONNECTION,
        CONNECTION_PATH
    }

    private Operation operation(
            String method,
            String id,
            String description,
            String action,
            List<String> query,
            Optional<Operation.Body> body,
            List<Operation.Answer> answers,
            Shape shape) {
        return operation(method, id, description, action, query, body, answers, shape, kind);
    }

    private Operation operation(
            String method,
            String id,
            String description,
            String action,
            List<String> query,
            Optional<Operation.Body> body,
            List<Operation.Answer> answers,
            Shape shape,
            GroupVersionKind of) {
        List<Parameter> parameters = new ArrayList<>();
        query.forEach(name -> parameters.add(Parameter.query(name)));
        boolean item = shape == Shape.ITEM || shape == Shape.CONNECTION || shape == Shape.CONNECTION_PATH;
        if (item) {
            String named = shape == Shape.ITEM
                            && !id.contains("Eviction")
                            && !of.kind().equals("Scale")
                    ? resource.names().kind()
                    : of.kind();
            parameters.add(Parameter.path("name", "name of the " + named));
        }
        if (resource.namespaced() && shape != Shape.ALL_NAMESPACES) {
            parameters.add(Parameter.path("namespace", "object name and auth scope, such as for teams and projects"));
        }
        if (shape == Shape.CONNECTION_PATH) {
            parameters.add(Parameter.path("path", "path to the resource"));
        }
        if (!action.equals("connect")) {
            parameters.add(Parameter.query("pretty"));
        }
        parameters.sort(Comparator.comparing(Parameter::name).thenComparing(Parameter::place));
        return new Operation(method, id, description, tag, action, Optional.of(of), parameters, body, answers);
    }

    private Operation.Answer ok(String answered) {
        return new Operation.Answer("200", "OK", answered, media.objects());
    }

    private Operation.Answer created(String answered) {
        return new Operation.Answer("201", "Created", answered, media.objects());
    }

    private Operation.Answer accepted(String answered) {
        return new Operation.Answer("202", "Accepted", answered, media.objects());
    }

    /** {@code a Pod}, {@code an Ingress}, and {@code Endpoints}, which are many. */
    private static String withArticle(String kindName) {
        if (kindName.endsWith("s") && !kindName.endsWith("ss")) {
            return kindName;
        }
        return ("AEIOU".indexOf(kindName.charAt(0)) >= 0 ? "an " : "a ") + kindName;
    }
}
