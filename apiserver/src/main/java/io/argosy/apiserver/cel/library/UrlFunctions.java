package io.argosy.apiserver.cel.library;

import static dev.cel.common.types.SimpleType.BOOL;
import static dev.cel.common.types.SimpleType.STRING;
import static io.argosy.apiserver.cel.library.KubernetesTypes.URL;

import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import java.util.List;
import java.util.function.Function;

/** {@code url()} and what its values can tell. */
final class UrlFunctions {

    private UrlFunctions() {}

    static void addTo(Functions functions) {
        functions
                .global(
                        "url",
                        "string_to_url",
                        URL,
                        List.of(STRING),
                        args -> Url.parse((String) args[0])
                                .orElseThrow(() ->
                                        new FunctionFailure("URL parse error during conversion from string: parse \""
                                                + args[0] + "\": invalid URI for request")))
                .global(
                        "isURL",
                        "is_url_string",
                        BOOL,
                        List.of(STRING),
                        args -> Url.parse((String) args[0]).isPresent());
        text(functions, "getScheme", "url_get_scheme", Url::scheme);
        text(functions, "getHost", "url_get_host", Url::host);
        text(functions, "getHostname", "url_get_hostname", Url::hostname);
        text(functions, "getPort", "url_get_port", Url::port);
        text(functions, "getEscapedPath", "url_get_escaped_path", Url::escapedPath);
        functions.member(
                "getQuery",
                "url_get_query",
                MapType.create(STRING, ListType.create(STRING)),
                List.of(URL),
                args -> ((Url) args[0]).query());
    }

    private static void text(Functions functions, String name, String id, Function<Url, String> part) {
        functions.member(name, id, STRING, List.of(URL), args -> part.apply((Url) args[0]));
    }
}
