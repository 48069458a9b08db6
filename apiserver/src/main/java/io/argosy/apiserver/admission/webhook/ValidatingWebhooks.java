package io.argosy.apiserver.admission.webhook;

import io.argosy.apimodel.meta.GroupResource;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apiserver.admission.AdmissionPlugin;
import io.argosy.apiserver.admission.AdmissionRequest;
import io.argosy.apiserver.admission.Operation;
import io.argosy.apiserver.admission.Refusals;
import io.argosy.apiserver.admission.matching.Exempt;
import io.argosy.apiserver.callout.CalloutException;
import io.argosy.apiserver.objects.ClusterObjects;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks all webhooks that are about a request at once; the first refusal in their order is told. */
final class ValidatingWebhooks implements AdmissionPlugin {

    static final GroupResource RESOURCE =
            new GroupResource("admissionregistration.k8s.io", "validatingwebhookconfigurations");

    private static final Logger LOG = LoggerFactory.getLogger(ValidatingWebhooks.class);
    private static final String FAILED_OPEN = "failed-open.validating.webhook.admission.k8s.io/";

    private final ConfiguredWebhooks webhooks = new ConfiguredWebhooks();
    private final Dispatch dispatch;
    private final ThreadFactory threads;

    ValidatingWebhooks(Dispatch dispatch, ThreadFactory threads) {
        this.dispatch = dispatch;
        this.threads = threads;
    }

    AutoCloseable follow(ClusterObjects objects) {
        return webhooks.follow(objects, RESOURCE);
    }

    @Override
    public String name() {
        return "ValidatingAdmissionWebhook";
    }

    @Override
    public boolean handles(Operation operation) {
        return true;
    }

    @Override
    public void validate(AdmissionRequest request) {
        if (Exempt.is(request)) {
            return;
        }
        if (!webhooks.ready()) {
            throw Refusals.notReady(request);
        }
        List<FutureTask<Optional<ApiException>>> calls = new ArrayList<>();
        for (Webhook webhook : webhooks.all()) {
            Optional<Review.Subject> subject = dispatch.subject(webhook, request);
            if (subject.isPresent()) {
                int index = calls.size();
                calls.add(new FutureTask<>(() -> refusal(webhook, subject.get(), index)));
            }
        }
        if (calls.size() == 1) {
            calls.getFirst().run();
        } else {
            calls.forEach(call -> threads.newThread(call).start());
        }
        Optional<ApiException> first = Optional.empty();
        for (FutureTask<Optional<ApiException>> call : calls) {
            Optional<ApiException> refusal = outcome(call);
            first = first.or(() -> refusal);
        }
        first.ifPresent(refusal -> {
            throw refusal;
        });
    }

    private static Optional<ApiException> outcome(FutureTask<Optional<ApiException>> call) {
        try {
            return call.get();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.of(ApiException.timeout("request did not complete within requested timeout", 0));
        } catch (ExecutionException e) {
            LOG.error("webhook call failed", e.getCause());
            return Optional.of(ApiException.internal("ValidatingAdmissionWebhook has failed: " + e.getCause()));
        }
    }

    private Optional<ApiException> refusal(Webhook webhook, Review.Subject subject, int index) {
        try {
            Optional<ApiException> refusal =
                    dispatch.ask(webhook, subject, false).refusal();
            refusal.ifPresent(
                    told -> LOG.info("rejected by webhook webhook={} error={}", webhook.name(), told.message()));
            return refusal;
        } catch (ApiException e) {
            return Optional.of(e);
        } catch (CalloutException e) {
            if (webhook.ignoresFailures()) {
                LOG.warn("failed calling webhook, failing open webhook={} error={}", webhook.name(), e.message());
                subject.request().annotate().accept(FAILED_OPEN + "round_0_index_" + index, webhook.name());
                return Optional.empty();
            }
            LOG.warn("failed calling webhook, failing closed webhook={} error={}", webhook.name(), e.message());
            return Optional.of(Dispatch.failed(webhook, e));
        }
    }
}
