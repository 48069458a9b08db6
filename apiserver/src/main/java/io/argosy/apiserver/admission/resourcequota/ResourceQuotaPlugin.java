package io.argosy.apiserver.admission.resourcequota;

import io.argosy.apimodel.quota.Evaluator;
import io.argosy.apimodel.quota.Evaluators;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.admission.AdmissionPlugin;
import io.argosy.apiserver.admission.AdmissionRequest;
import io.argosy.apiserver.admission.Operation;
import io.argosy.apiserver.admission.Refusals;
import io.argosy.apiserver.objects.ClusterObjects;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Charges what a write uses to the quotas of its namespace, and refuses it when it does not fit.
 *
 * <p>Source: Kubernetes page "Resource Quotas".
 */
public final class ResourceQuotaPlugin implements AdmissionPlugin {

    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final Evaluators evaluators;
    private final InstantSource clock;
    private final QuotaLedger ledger;
    private final Batches<Waiting> batches;

    /**
     * @param configuration a ResourceQuotaConfiguration
     * @param threads for those who settle the charges of a namespace
     * @throws IllegalArgumentException when the configuration is none
     */
    public ResourceQuotaPlugin(
            ClusterObjects objects, Optional<ObjectValue> configuration, InstantSource clock, ThreadFactory threads) {
        this.evaluators = new Evaluators(new StoredDeviceClasses(objects));
        this.clock = clock;
        this.ledger =
                new QuotaLedger(objects, configuration.map(QuotaSettings::read).orElse(List.of()));
        this.batches = new Batches<>(this::settle, threads);
    }

    /** A write whose thread waits until its charge is settled. */
    private record Waiting(Charge charge, CompletableFuture<Optional<Verdict>> answer) implements QuotaLedger.Entry {

        @Override
        public void allow() {
            answer.complete(Optional.empty());
        }

        @Override
        public void refuse(Verdict verdict) {
            answer.complete(Optional.of(verdict));
        }

        @Override
        public void fail(ApiException cause) {
            answer.completeExceptionally(cause);
        }
    }

    @Override
    public String name() {
        return "ResourceQuota";
    }

    @Override
    public boolean handles(Operation operation) {
        return operation == Operation.CREATE || operation == Operation.UPDATE;
    }

    @Override
    public void validate(AdmissionRequest request) {
        boolean newNamespace =
                request.operation() == Operation.CREATE && request.kind().kind().equals("Namespace");
        Optional<Evaluator> evaluator = evaluators.of(request.resource().groupResource());
        if (request.namespace().isEmpty() || newNamespace || evaluator.isEmpty()) {
            return;
        }
        Optional<ObjectValue> old = request.operation() == Operation.UPDATE ? request.oldObject() : Optional.empty();
        ObjectValue object = request.object().orElseGet(ObjectValue::new);
        if (evaluator.get().charges(request.subresource(), old, object)) {
            Charge charge =
                    new Charge(evaluator.get(), request.subresource(), object, old, request.dryRun(), clock.instant());
            await(request, charge);
        }
    }

    private void await(AdmissionRequest request, Charge charge) {
        Waiting waiting = new Waiting(charge, new CompletableFuture<>());
        batches.add(request.namespace(), waiting);
        try {
            Optional<Verdict> refusal = waiting.answer().get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
            if (refusal.isPresent()) {
                throw refusal(request, refusal.get());
            }
        } catch (TimeoutException _) {
            throw ApiException.internal("resource quota evaluation timed out");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw ApiException.serviceUnavailable("the server is shutting down");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof ApiException cause
                    ? cause
                    : ApiException.internal("resource quota evaluation failed");
        }
    }

    private static ApiException refusal(AdmissionRequest request, Verdict verdict) {
        return switch (verdict) {
            case Verdict.Refused(String why) -> Refusals.forbidden(request, why);
            case Verdict.Uncovered(String why) -> new ApiException(500, "", why, ApiException.Details.NONE);
            case Verdict.Fits _ -> throw new IllegalArgumentException("no refusal");
        };
    }

    private void settle(String namespace, List<Waiting> entries) {
        try {
            ledger.settle(namespace, entries);
        } catch (ApiException e) {
            entries.forEach(entry -> entry.fail(e));
        } finally {
            // Whoever has no answer by now must not wait for one.
            entries.forEach(entry -> entry.fail(ApiException.internal("resource quota evaluation failed")));
        }
    }
}
