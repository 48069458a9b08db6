package io.argosy.apimodel.schema.structural;

import io.argosy.apimodel.schema.Checks;
import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.tree.NullValue;
import io.argosy.apimodel.tree.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code allOf}, {@code anyOf}, {@code oneOf} and {@code not}. */
final class Junctors {

    private Junctors() {}

    /** The checks of one option on a value; types are those of the schema around. */
    static Outcome option(Value value, Checks checks, String path) {
        Outcome outcome = new Outcome();
        if (value != NullValue.NULL) {
            CheckedValue.check(value, checks, "", path, outcome);
        }
        StructuralValidation.enumeration(value, checks, path, outcome);
        outcome.count();
        return outcome;
    }

    static void check(Value value, Checks checks, String path, Outcome outcome) {
        anyOf(value, checks.anyOf(), path, outcome);
        oneOf(value, checks.oneOf(), path, outcome);
        allOf(value, checks.allOf(), path, outcome);
        if (checks.not().isPresent() && option(value, checks.not().get(), path).isValid()) {
            tell(outcome, path, "must not validate the schema (not)");
        }
    }

    private static void anyOf(Value value, List<Checks> options, String path, Outcome outcome) {
        if (options.isEmpty()) {
            return;
        }
        Outcome best = null;
        for (Checks option : options) {
            Outcome tried = option(value, option, path);
            if (tried.isValid()) {
                outcome.merge(tried);
                return;
            }
            best = better(best, tried);
        }
        tell(outcome, path, "must validate at least one schema (anyOf)");
        if (best != null) {
            outcome.merge(best);
        }
    }

    private static void oneOf(Value value, List<Checks> options, String path, Outcome outcome) {
        if (options.isEmpty()) {
            return;
        }
        int valid = 0;
        Outcome best = null;
        for (Checks option : options) {
            Outcome tried = option(value, option, path);
            if (tried.isValid()) {
                valid++;
            } else {
                best = better(best, tried);
            }
        }
        if (valid != 1) {
            String found = valid == 0 ? "Found none valid" : "Found " + valid + " valid alternatives";
            tell(outcome, path, "must validate one and only one schema (oneOf). " + found);
            if (valid == 0 && best != null) {
                outcome.merge(best);
            }
        }
    }

    private static void allOf(Value value, List<Checks> options, String path, Outcome outcome) {
        int valid = 0;
        for (Checks option : options) {
            Outcome tried = option(value, option, path);
            valid += tried.isValid() ? 1 : 0;
            outcome.merge(tried);
        }
        if (valid != options.size()) {
            tell(outcome, path, "must validate all the schemas (allOf)" + (valid == 0 ? ". None validated" : ""));
        }
    }

    private static Outcome better(@Nullable Outcome best, Outcome tried) {
        return best == null || tried.checked() > best.checked() ? tried : best;
    }

    private static void tell(Outcome outcome, String path, String text) {
        outcome.add(FieldError.invalid(Outcome.fieldPath(""), "", "\"" + path + "\" " + text));
    }
}
