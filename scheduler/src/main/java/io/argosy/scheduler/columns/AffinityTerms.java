package io.argosy.scheduler.columns;

import java.util.List;

/** What a pod wants of the pods near it. */
public record AffinityTerms(
        List<AffinityTerm> requiredAffinity,
        List<AffinityTerm> requiredAntiAffinity,
        List<AffinityTerm> preferredAffinity,
        List<AffinityTerm> preferredAntiAffinity) {

    public static final AffinityTerms NONE = new AffinityTerms(List.of(), List.of(), List.of(), List.of());

    public AffinityTerms {
        requiredAffinity = List.copyOf(requiredAffinity);
        requiredAntiAffinity = List.copyOf(requiredAntiAffinity);
        preferredAffinity = List.copyOf(preferredAffinity);
        preferredAntiAffinity = List.copyOf(preferredAntiAffinity);
    }

    public boolean isEmpty() {
        return equals(NONE);
    }
}
