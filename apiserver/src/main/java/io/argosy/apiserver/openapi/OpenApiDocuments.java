package io.argosy.apiserver.openapi;

import io.argosy.apimodel.definition.Definitions;
import io.argosy.apimodel.definition.ResourceDefinition;
import io.argosy.apimodel.definition.VersionDefinition;
import io.argosy.apimodel.meta.GroupVersion;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The OpenAPI documents of one set of definitions. Each is made when first asked for and then kept; safe for all
 * threads.
 */
public final class OpenApiDocuments {

    private static final String INDEX = "/openapi/v3";
    private static final String SECOND = "/openapi/v2";

    private final Map<String, Map<String, List<Operation>>> operations = new TreeMap<>();
    private final Map<String, Set<GroupVersion>> versions = new HashMap<>();
    private final Map<String, OpenApiDocument> made = new ConcurrentHashMap<>();
    private final Map<String, List<ResourceDefinition>> sources = new HashMap<>();
    private final Components components;
    private final Map<String, RemoteDocuments> remote = new TreeMap<>();

    private OpenApiDocuments(Definitions definitions, List<RemoteDocuments> remotes) {
        remotes.forEach(one -> remote.put(one.name(), one));
        this.components = new Components(definitions);
        put("api", ServerOperations.legacy());
        put("apis", ServerOperations.groups());
        for (ResourceDefinition resource : definitions.all()) {
            for (VersionDefinition version : resource.versions()) {
                if (version.served()) {
                    add(resource, version);
                }
            }
        }
    }

    /** What is served of {@code definitions}. */
    public static OpenApiDocuments of(Definitions definitions) {
        return new OpenApiDocuments(definitions, List.of());
    }

    /** What is served after a change; documents about groups that did not change are kept. */
    public OpenApiDocuments after(Definitions definitions) {
        return after(definitions, List.copyOf(remote.values()));
    }

    /** What this server and others serve after a change. */
    public OpenApiDocuments after(Definitions definitions, List<RemoteDocuments> remotes) {
        OpenApiDocuments next = new OpenApiDocuments(definitions, remotes);
        made.forEach((name, document) -> {
            boolean same = next.operations.containsKey(name)
                    && !remote.containsKey(name)
                    && !next.remote.containsKey(name)
                    && sources.getOrDefault(name, List.of()).equals(next.sources.getOrDefault(name, List.of()));
            if (same) {
                next.made.put(name, document);
            }
        });
        return next;
    }

    private void add(ResourceDefinition resource, VersionDefinition version) {
        GroupVersion of = new GroupVersion(resource.group(), version.name());
        String document = of.group().isEmpty() ? "api/" + of.version() : "apis/" + of;
        if (!of.group().isEmpty() && resource.builtIn()) {
            put("apis/" + of.group(), ServerOperations.group(of.group()));
        }
        if (resource.builtIn()) {
            put(document, ServerOperations.resources(of));
        }
        put(document, ResourceOperations.of(resource, version));
        versions.computeIfAbsent(document, _ -> new HashSet<>()).add(of);
        sources.computeIfAbsent(document, _ -> new ArrayList<>()).add(resource);
    }

    private void put(String document, Map<String, List<Operation>> paths) {
        operations.computeIfAbsent(document, _ -> new HashMap<>()).putAll(paths);
    }

    /** {@code /openapi/v3}: the documents and their hashes. */
    public OpenApiDocument index() {
        return made(INDEX, Dialect.V3, () -> {
            ObjectValue paths = new ObjectValue();
            Set<String> names = new TreeSet<>(operations.keySet());
            remote.values().stream()
                    .filter(one -> one.third().isPresent())
                    .map(RemoteDocuments::name)
                    .forEach(names::add);
            names.forEach(name -> paths.put(name, entry(name)));
            return new ObjectValue().put("paths", paths);
        });
    }

    private ObjectValue entry(String name) {
        String hash = third(name).orElseThrow().hash();
        return new ObjectValue().put("serverRelativeURL", "/openapi/v3/" + name + "?hash=" + hash);
    }

    /** {@code /openapi/v3/<name>}, for a name like {@code apis/apps/v1}. */
    public Optional<OpenApiDocument> third(String name) {
        Optional<ObjectValue> other = Optional.ofNullable(remote.get(name)).flatMap(RemoteDocuments::third);
        if (other.isPresent()) {
            return Optional.of(made(name, Dialect.V3, other::get));
        }
        return operations.containsKey(name)
                ? Optional.of(made(name, Dialect.V3, () -> thirdTree(name)))
                : Optional.empty();
    }

    /** {@code /openapi/v2}: all of it in one. */
    public OpenApiDocument second() {
        return made(SECOND, Dialect.V2, this::secondTree);
    }

    /** Two threads may make a document at the same time; both get the one that was first. */
    private OpenApiDocument made(String name, Dialect dialect, Supplier<ObjectValue> tree) {
        OpenApiDocument known = made.get(name);
        if (known != null) {
            return known;
        }
        OpenApiDocument document = OpenApiDocument.of(tree.get(), dialect);
        OpenApiDocument first = made.putIfAbsent(name, document);
        return first == null ? document : first;
    }

    ObjectValue thirdTree(String name) {
        Map<String, List<Operation>> own = operations.get(name);
        ObjectValue schemas = components.write(typesIn(own.values()), versionsOf(name), Dialect.V3);
        ObjectValue contents = new ObjectValue()
                .put("schemas", schemas)
                .put("securitySchemes", new ObjectValue().put("BearerToken", bearerToken()));
        return new ObjectValue()
                .put("openapi", "3.0.0")
                .put("info", info(sources.getOrDefault(name, List.of())))
                .put("paths", Paths.write(own, Dialect.V3))
                .put("components", contents);
    }

    ObjectValue secondTree() {
        Map<String, List<Operation>> all = new HashMap<>();
        operations.values().forEach(all::putAll);
        List<GroupVersion> every = versions.values().stream()
                .flatMap(Set::stream)
                .sorted((left, right) -> left.toString().compareTo(right.toString()))
                .toList();
        ObjectValue document = new ObjectValue()
                .put("swagger", "2.0")
                .put("info", info())
                .put("paths", Paths.write(all, Dialect.V2))
                .put("definitions", components.write(typesIn(all.values()), every, Dialect.V2))
                .put("securityDefinitions", new ObjectValue().put("BearerToken", bearerToken()))
                .put("security", ArrayValue.of(new ObjectValue().put("BearerToken", new ArrayValue())));
        remote.values().forEach(one -> one.addTo(document));
        return document;
    }

    private Collection<GroupVersion> versionsOf(String document) {
        return versions.getOrDefault(document, Set.of());
    }

    private static List<String> typesIn(Collection<List<Operation>> operations) {
        List<String> types = new ArrayList<>();
        operations.forEach(list -> list.forEach(operation -> {
            operation.body().ifPresent(body -> types.add(body.type()));
            operation.answers().stream()
                    .map(Operation.Answer::type)
                    .filter(type -> !type.isEmpty())
                    .forEach(types::add);
        }));
        return types;
    }

    private static ObjectValue info(List<ResourceDefinition> resources) {
        boolean custom = !resources.isEmpty() && resources.stream().noneMatch(ResourceDefinition::builtIn);
        return custom ? new ObjectValue().put("title", "Kubernetes CRD Swagger").put("version", "v0.1.0") : info();
    }

    private static ObjectValue info() {
        return new ObjectValue().put("title", "Kubernetes").put("version", "v1.36.0");
    }

    private static ObjectValue bearerToken() {
        return new ObjectValue()
                .put("description", "Bearer Token authentication")
                .put("in", "header")
                .put("name", "authorization")
                .put("type", "apiKey");
    }
}
