package io.argosy.apiserver.registry.builtin;

import io.argosy.apiserver.registry.lifecycle.Validation;
import java.util.HashMap;
import java.util.Map;

/** The rules of each built-in kind, by resource and group. */
final class Validations {

    private Validations() {}

    static Map<String, Validation> byResource() {
        return new HashMap<>();
    }
}
