package io.argosy.controllermanager.serviceaccount;

import io.argosy.controllermanager.ownership.Owners;
import io.argosy.controllermanager.ownership.Selectors;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

/** What becomes of a token in a Secret. */
sealed interface TokenAge {

    String LAST_USED = "kubernetes.io/legacy-token-last-used";
    String INVALID_SINCE = "kubernetes.io/legacy-token-invalid-since";

    record Keep() implements TokenAge {}

    /** It is not valid any more, but can be made so again. */
    record Mark() implements TokenAge {}

    record Delete() implements TokenAge {}

    /**
     * Decides. Pure.
     *
     * @param generated whether the system made it without being asked
     * @param mounted whether a pod names it
     * @param limit what was made or used on this day or later stays
     */
    static TokenAge of(Secret secret, boolean generated, boolean mounted, LocalDate limit) {
        boolean token = "kubernetes.io/service-account-token".equals(secret.getType());
        LocalDate made =
                LocalDate.ofInstant(Instant.parse(secret.getMetadata().getCreationTimestamp()), ZoneOffset.UTC);
        if (!token || !generated || mounted || Owners.isDeleting(secret) || !made.isBefore(limit)) {
            return new Keep();
        }
        Map<String, String> labels = Selectors.labels(secret);
        if (labels.containsKey(LAST_USED)) {
            Optional<LocalDate> used = UnusedTokenController.date(labels.get(LAST_USED));
            if (used.isEmpty() || !used.get().isBefore(limit)) {
                return new Keep();
            }
        }
        Optional<LocalDate> invalid = UnusedTokenController.date(labels.getOrDefault(INVALID_SINCE, ""));
        if (invalid.isEmpty()) {
            return new Mark();
        }
        return invalid.get().isBefore(limit) ? new Delete() : new Keep();
    }
}
