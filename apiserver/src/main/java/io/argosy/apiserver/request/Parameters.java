package io.argosy.apiserver.request;

import io.argosy.apimodel.status.ApiException;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Values of query parameters, in the rules and error texts of Kubernetes' parameter decoding. */
final class Parameters {

    private Parameters() {}

    /** Anything but {@code false} and {@code 0} is true, also an empty value. */
    static boolean isTrue(String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        return !lower.equals("false") && !lower.equals("0");
    }

    static Optional<Boolean> truth(Query query, String name) {
        return query.first(name).map(Parameters::isTrue);
    }

    static OptionalLong number(Query query, String name) {
        Optional<String> text = query.first(name);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(number(text.get()));
    }

    static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException _) {
            boolean digits = text.matches("[+-]?[0-9]+");
            throw ApiException.badRequest("strconv.ParseInt: parsing \"" + text + "\": "
                    + (digits ? "value out of range" : "invalid syntax"));
        }
    }
}
