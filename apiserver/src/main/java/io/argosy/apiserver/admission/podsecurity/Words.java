package io.argosy.apiserver.admission.podsecurity;

import java.util.Collection;

/** Lists of names in messages. */
final class Words {

    private Words() {}

    /** {@code "a", "b"}. */
    static String quoted(Collection<String> names) {
        return names.isEmpty() ? "" : "\"" + String.join("\", \"", names) + "\"";
    }

    static String number(String one, String many, int count) {
        return count == 1 ? one : many;
    }

    /** {@code containers "a", "b"}. */
    static String containers(Collection<String> names) {
        return number("container", "containers", names.size()) + " " + quoted(names);
    }

    /** {@code volumes "a", "b"}. */
    static String volumes(Collection<String> names) {
        return number("volume", "volumes", names.size()) + " " + quoted(names);
    }
}
