package io.argosy.controllermanager.certificate;

import io.argosy.apimodel.status.ApiException;
import io.argosy.client.informer.Informer;
import io.argosy.client.request.DeleteOptions;
import io.argosy.client.request.RequestException;
import io.argosy.client.request.ResourceType;
import io.argosy.controllermanager.loop.Controller;
import io.argosy.controllermanager.loop.ControllerContext;
import io.argosy.controllermanager.loop.Rounds;
import io.argosy.daemon.lifecycle.TaskScope;
import io.argosy.daemon.tls.Pem;
import io.fabric8.kubernetes.api.model.certificates.v1.CertificateSigningRequest;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes requests an hour after they were decided, a day after nobody decided, and when their certificate expires. */
public final class CleaningController implements Controller {

    private static final Logger LOG = LoggerFactory.getLogger(CleaningController.class);
    private static final Duration EVERY = Duration.ofHours(1);
    private static final Duration DECIDED = Duration.ofHours(1);
    private static final Duration PENDING = Duration.ofHours(24);

    private final ControllerContext context;
    private final Informer<CertificateSigningRequest> requests;

    public CleaningController(ControllerContext context) {
        this.context = context;
        requests = context.informers().informer(CertificateSigningRequest.class);
    }

    @Override
    public void start(TaskScope tasks) {
        Rounds rounds = new Rounds("csr-cleaner", context.clock());
        rounds.start(tasks, EVERY, () -> {
            Instant now = context.clock().instant();
            rounds.each(requests.list(), request -> {
                if (isDone(request, now)) {
                    delete(request);
                }
            });
        });
    }

    /** Whether nobody needs the request any more. */
    static boolean isDone(CertificateSigningRequest request, Instant now) {
        if (Requests.hasCertificate(request) && isExpired(request, now)) {
            return true;
        }
        boolean denied = Requests.has(request, "Denied") || Requests.has(request, "Failed");
        boolean issued = Requests.has(request, "Approved") && Requests.hasCertificate(request);
        if (denied || issued) {
            return request.getStatus().getConditions().stream()
                    .allMatch(condition -> condition.getLastUpdateTime() == null
                            || Instant.parse(condition.getLastUpdateTime())
                                    .plus(DECIDED)
                                    .isBefore(now));
        }
        return Instant.parse(request.getMetadata().getCreationTimestamp())
                .plus(PENDING)
                .isBefore(now);
    }

    private static boolean isExpired(CertificateSigningRequest request, Instant now) {
        try {
            List<X509Certificate> chain = Pem.certificates(
                    Base64.getMimeDecoder().decode(request.getStatus().getCertificate()));
            return chain.stream()
                    .anyMatch(each -> each.getNotAfter().toInstant().isBefore(now));
        } catch (GeneralSecurityException e) {
            LOG.debug(
                    "issued certificate cannot be read request={}",
                    request.getMetadata().getName());
            return false;
        }
    }

    private void delete(CertificateSigningRequest request) {
        try {
            context.client()
                    .resource(CertificateSigningRequest.class)
                    .delete(
                            ResourceType.keyOf(request),
                            DeleteOptions.ofUid(request.getMetadata().getUid()));
        } catch (ApiException | RequestException e) {
            LOG.info(
                    "request not deleted name={} reason={}",
                    request.getMetadata().getName(),
                    e.getMessage());
        }
    }
}
