package io.argosy.apiserver.request;

import io.argosy.apimodel.meta.FieldSelector;
import io.argosy.apimodel.meta.Names;
import io.argosy.apimodel.status.ApiException;
import io.argosy.daemon.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads a {@link Target} from a method and a path. The forms of paths are those of the Kubernetes page "Kubernetes API
 * Concepts"; the deprecated {@code /watch/} and {@code /proxy/} prefixes are read too.
 */
public final class Targets {

    private static final Set<String> NAMESPACE_SUBRESOURCES = Set.of("status", "finalize");
    private static final Set<String> WITH_SELECTORS = Set.of("list", "watch", "deletecollection");

    private Targets() {}

    public static Target of(HttpRequest request, Query query) {
        String path = PathDecoder.decode(request.path());
        List<String> parts = split(path);
        String verb = request.method().toLowerCase(Locale.ROOT);
        if (parts.size() < 3) {
            return Target.path(verb, path);
        }
        String prefix = parts.getFirst();
        String group = "";
        List<String> rest;
        if (prefix.equals("api")) {
            rest = parts.subList(1, parts.size());
        } else if (prefix.equals("apis") && parts.size() >= 4) {
            group = parts.get(1);
            rest = parts.subList(2, parts.size());
        } else {
            return Target.path(verb, path);
        }
        return resource(request, query, path, prefix, group, rest);
    }

    private static Target resource(
            HttpRequest request, Query query, String path, String prefix, String group, List<String> rest) {
        String version = rest.getFirst();
        List<String> parts = rest.subList(1, rest.size());
        String verb;
        boolean verbInPath =
                parts.getFirst().equals("watch") || parts.getFirst().equals("proxy");
        if (verbInPath) {
            if (parts.size() < 2) {
                throw ApiException.badRequest("unable to determine kind and namespace from url, " + request.target());
            }
            verb = parts.getFirst();
            parts = parts.subList(1, parts.size());
        } else {
            verb = verb(request.method());
        }
        String namespace = "";
        if (parts.getFirst().equals("namespaces") && parts.size() > 1) {
            namespace = parts.get(1);
            if (parts.size() > 2 && !NAMESPACE_SUBRESOURCES.contains(parts.get(2))) {
                parts = parts.subList(2, parts.size());
            }
        }
        String resource = parts.getFirst();
        String name = parts.size() > 1 ? parts.get(1) : "";
        String subresource = parts.size() > 2 && !verb.equals("proxy") ? parts.get(2) : "";
        if (name.isEmpty() && verb.equals("get")) {
            verb = watches(query) ? "watch" : "list";
            name = nameOf(query);
        } else if (name.isEmpty() && verb.equals("delete")) {
            verb = "deletecollection";
        }
        boolean selects = !verbInPath && WITH_SELECTORS.contains(verb);
        return new Target(
                true,
                verb,
                path,
                prefix,
                group,
                version,
                namespace,
                resource,
                subresource,
                name,
                parts,
                selects ? query.get("fieldSelector") : "",
                selects ? query.get("labelSelector") : "");
    }

    private static String verb(String method) {
        return switch (method) {
            case "POST" -> "create";
            case "GET", "HEAD" -> "get";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            case "DELETE" -> "delete";
            default -> "";
        };
    }

    private static boolean watches(Query query) {
        return query.first("watch").map(Parameters::isTrue).orElse(false);
    }

    /** A list of one name is told to authorizers as that name. */
    private static String nameOf(Query query) {
        String selector = query.get("fieldSelector");
        if (selector.isEmpty()) {
            return "";
        }
        try {
            return FieldSelector.parse(selector)
                    .requiredValue("metadata.name")
                    .filter(name -> Names.pathSegment(name).isEmpty())
                    .orElse("");
        } catch (ApiException _) {
            return "";
        }
    }

    private static List<String> split(String path) {
        String trimmed = path;
        while (trimmed.startsWith("/")) {
            trimmed = trimmed.substring(1);
        }
        while (trimmed.endsWith("/")) {
            trimmed = trimmed.substring(0, trimmed.length() - 1);
        }
        List<String> parts = new ArrayList<>();
        int from = 0;
        while (from <= trimmed.length() && !trimmed.isEmpty()) {
            int slash = trimmed.indexOf('/', from);
            if (slash < 0) {
                parts.add(trimmed.substring(from));
                break;
            }
            parts.add(trimmed.substring(from, slash));
            from = slash + 1;
        }
        return parts;
    }
}
