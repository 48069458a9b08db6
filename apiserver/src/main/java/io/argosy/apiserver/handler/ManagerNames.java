package io.argosy.apiserver.handler;

import io.argosy.apiserver.request.ApiRequest;
import io.argosy.apiserver.request.WriteOptions;

/** Who owns the fields that a request writes. */
final class ManagerNames {

    private static final int CHARACTERS = 128;

    private ManagerNames() {}

    /** The field manager that the request names, or the program in its User-Agent. */
    static String of(ApiRequest request, WriteOptions options) {
        if (!options.fieldManager().isEmpty()) {
            return options.fieldManager();
        }
        String agent = request.http().headers().get("User-Agent");
        int slash = agent.indexOf('/');
        StringBuilder name = new StringBuilder();
        (slash < 0 ? agent : agent.substring(0, slash))
                .codePoints()
                .filter(c -> !Character.isISOControl(c))
                .limit(CHARACTERS)
                .forEach(name::appendCodePoint);
        return name.isEmpty() ? "unknown" : name.toString();
    }
}
