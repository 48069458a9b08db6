package io.argosy.controllermanager.certificate;

import io.fabric8.kubernetes.api.model.certificates.v1.CertificateSigningRequest;
import io.fabric8.kubernetes.api.model.certificates.v1.CertificateSigningRequestCondition;
import io.fabric8.kubernetes.api.model.certificates.v1.CertificateSigningRequestStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Adds conditions to signing requests. */
final class Conditions {

    private Conditions() {}

    static void add(CertificateSigningRequest request, String type, String reason, String message, Instant now) {
        CertificateSigningRequestStatus status =
                request.getStatus() == null ? new CertificateSigningRequestStatus() : request.getStatus();
        List<CertificateSigningRequestCondition> conditions =
                new ArrayList<>(status.getConditions() == null ? List.of() : status.getConditions());
        CertificateSigningRequestCondition condition = new CertificateSigningRequestCondition();
        condition.setType(type);
        condition.setStatus("True");
        condition.setReason(reason);
        condition.setMessage(message);
        condition.setLastUpdateTime(now.truncatedTo(ChronoUnit.SECONDS).toString());
        conditions.add(condition);
        status.setConditions(conditions);
        request.setStatus(status);
    }
}
