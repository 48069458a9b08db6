package io.argosy.apiserver.admission.podsecurity;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One rule of a standard.
 *
 * @param forms what it says, from which release on; oldest first
 * @param replaces checks of baseline that need not be asked where this one of restricted is
 */
record Check(String id, Level level, List<Form> forms, Set<String> replaces) {

    Check {
        forms = List.copyOf(forms);
        replaces = Set.copyOf(replaces);
    }

    /** @param since the minor release */
    record Form(int since, Function<PodView, Optional<Violation>> rule) {}

    static Check baseline(String id, Form... forms) {
        return new Check(id, Level.BASELINE, List.of(forms), Set.of());
    }

    static Check restricted(String id, Set<String> replaces, Form... forms) {
        return new Check(id, Level.RESTRICTED, List.of(forms), replaces);
    }

    static Form since(int minor, Function<PodView, Optional<Violation>> rule) {
        return new Form(minor, rule);
    }

    /** What it says in a release; empty before it was made. */
    Optional<Form> in(Release release) {
        Optional<Form> found = Optional.empty();
        for (Form form : forms) {
            if (form.since() <= release.minor()) {
                found = Optional.of(form);
            }
        }
        return found;
    }
}
