package io.argosy.apiserver.admission.resourcequota;

import io.argosy.apimodel.quota.Evaluator;
import io.argosy.apimodel.tree.ObjectValue;
import java.time.Instant;
import java.util.Optional;

/**
 * What one write may use more.
 *
 * @param old what is stored, for updates
 */
record Charge(
        Evaluator evaluator,
        String subresource,
        ObjectValue object,
        Optional<ObjectValue> old,
        boolean dryRun,
        Instant now) {}
