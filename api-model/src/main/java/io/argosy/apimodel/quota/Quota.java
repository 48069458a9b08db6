package io.argosy.apimodel.quota;

import io.argosy.apimodel.tree.ObjectValue;
import java.util.List;
import java.util.Set;

/**
 * What decisions look at of a ResourceQuota.
 *
 * @param wanted the limits of the spec
 * @param hard the limits that hold: those of the status
 * @param used what is used of them, as far as it is known
 * @param counted whether the status says anything yet
 */
public record Quota(
        String namespace,
        String name,
        List<ScopeRule> scopes,
        Amounts wanted,
        Amounts hard,
        Amounts used,
        boolean counted) {

    public static Quota of(ObjectValue quota) {
        return new Quota(
                quota.string("metadata", "namespace").orElse(""),
                quota.string("metadata", "name").orElse(""),
                quota.object("spec").map(ScopeRule::of).orElse(List.of()),
                Amounts.read(quota.object("spec", "hard")),
                Amounts.read(quota.object("status", "hard")),
                Amounts.read(quota.object("status", "used")),
                quota.object("status", "hard").isPresent()
                        && quota.object("status", "used").isPresent());
    }

    public Quota withUsed(Amounts used) {
        return new Quota(namespace, name, scopes, wanted, hard, used, counted);
    }

    /** Whether the quota counts an object: it limits something that the object uses, and each scope takes it. */
    public boolean counts(Evaluator evaluator, ObjectValue object) {
        return !evaluator.matching(hard.names()).isEmpty() && inScope(evaluator, object);
    }

    public boolean inScope(Evaluator evaluator, ObjectValue object) {
        return scopes.stream().allMatch(scope -> evaluator.inScope(scope, object));
    }

    /** Whether the use of each of these resources, where it is limited, is known. */
    public boolean knows(Set<String> resources) {
        return resources.stream().filter(hard.names()::contains).allMatch(used.names()::contains);
    }
}
