package io.argosy.apiserver.admission.resourcequota;

import io.argosy.apimodel.quota.Quota;
import java.util.List;

/** What quotas say to a charge. */
sealed interface Verdict {

    /** It fits; the quotas with what is used then, in their order. */
    record Fits(List<Quota> quotas) implements Verdict {
        public Fits {
            quotas = List.copyOf(quotas);
        }
    }

    /** It is forbidden. */
    record Refused(String why) implements Verdict {}

    /** It needs a quota of a scope, and there is none. */
    record Uncovered(String why) implements Verdict {}
}
