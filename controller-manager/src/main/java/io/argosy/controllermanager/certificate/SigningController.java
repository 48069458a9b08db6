package io.argosy.controllermanager.certificate;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.client.informer.Informer;
import io.argosy.client.request.ObjectJson;
import io.argosy.controllermanager.loop.Controller;
import io.argosy.controllermanager.loop.ControllerContext;
import io.argosy.controllermanager.loop.Outcome;
import io.argosy.controllermanager.loop.ReconcileLoop;
import io.argosy.daemon.lifecycle.TaskScope;
import io.fabric8.kubernetes.api.model.certificates.v1.CertificateSigningRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;

/** Signs approved requests of the well-known signers, by their rules. */
public final class SigningController implements Controller {

    private static final Duration SHORTEST = Duration.ofMinutes(10);

    private final ControllerContext context;
    private final Informer<CertificateSigningRequest> requests;
    private final Map<String, Authority> authorities = new HashMap<>();
    private final Duration longest;
    private final ReconcileLoop<ObjectKey> loop;

    /**
     * @param files certificate and key file by signer name
     * @param longest how long a certificate is valid at most
     */
    public SigningController(ControllerContext context, Map<String, Map.Entry<Path, Path>> files, Duration longest) {
        this.context = context;
        this.longest = longest;
        files.forEach((signer, pair) -> authorities.put(signer, new Authority(pair.getKey(), pair.getValue())));
        requests = context.informers().informer(CertificateSigningRequest.class);
        loop = context.loop("csrsigning", 5, this::reconcile);
        requests.addHandler(ReconcileLoop.keys(loop));
    }

    private Outcome reconcile(ObjectKey key) {
        Optional<CertificateSigningRequest> found = requests.get(key);
        if (found.isEmpty()) {
            return Outcome.DONE;
        }
        CertificateSigningRequest request = found.get();
        Authority authority = authorities.get(request.getSpec().getSignerName());
        boolean open =
                Requests.isApproved(request) && !Requests.hasCertificate(request) && !Requests.has(request, "Failed");
        if (authority == null || !open) {
            return Outcome.DONE;
        }
        CertificateSigningRequest next = ObjectJson.copy(request);
        try {
            PKCS10CertificationRequest parsed = Requests.parse(request);
            Optional<String> violation = Requests.violation(request, parsed);
            if (violation.isPresent()) {
                Conditions.add(
                        next,
                        "Failed",
                        "SignerValidationFailure",
                        violation.get(),
                        context.clock().instant());
            } else {
                String pem = authority.sign(
                        parsed,
                        request.getSpec().getUsages(),
                        duration(request),
                        context.clock().instant());
                next.getStatus()
                        .setCertificate(Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII)));
            }
        } catch (IOException | GeneralSecurityException e) {
            return Outcome.retry("error auto signing csr: " + e.getMessage());
        }
        context.client().resource(CertificateSigningRequest.class).updateStatus(next);
        return Outcome.DONE;
    }

    private Duration duration(CertificateSigningRequest request) {
        Integer seconds = request.getSpec().getExpirationSeconds();
        if (seconds == null) {
            return longest;
        }
        Duration asked = Duration.ofSeconds(seconds);
        if (asked.compareTo(longest) > 0) {
            return longest;
        }
        return asked.compareTo(SHORTEST) < 0 ? SHORTEST : asked;
    }

    @Override
    public void start(TaskScope tasks) {
        loop.start(tasks);
    }
}
