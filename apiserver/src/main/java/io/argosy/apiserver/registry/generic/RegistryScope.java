package io.argosy.apiserver.registry.generic;

import io.argosy.apimodel.definition.ResourceDefinition;
import io.argosy.apimodel.meta.GroupResource;
import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.admission.AdmissionChain;
import io.argosy.apiserver.admission.Operation;
import io.argosy.apiserver.cache.ObjectImage;
import io.argosy.apiserver.cache.ReadVersion;
import io.argosy.apiserver.cache.ResourceCache;
import io.argosy.apiserver.registry.ResourceRules;
import io.argosy.apiserver.registry.Strategy;
import io.argosy.apiserver.registry.StrategyContext;
import io.argosy.apiserver.registry.WriteHook;
import io.argosy.apiserver.registry.WriteHook.Reservation;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What the writes of one resource share. */
record RegistryScope(
        ResourceCache cache,
        ResourceRules rules,
        Supplier<AdmissionChain> admission,
        InstantSource clock,
        ResourceDefinition definition) {

    /** After so many conflicts in a row something is wrong; far more than writers can collide. */
    static final int CONFLICT_TRIES = 100;

    GroupResource resource() {
        return definition.groupResource();
    }

    /** The strategy of the resource or of one of its subresources. */
    Strategy strategy(String subresource) {
        String part = subresource.equals("scale") ? "" : subresource;
        return rules.strategy(resource(), part).orElseGet(() -> DefaultStrategy.of(definition, part));
    }

    StrategyContext context(WriteCall call, String name) {
        return new StrategyContext(
                call.resource(), call.namespace(), name, call.subresource(), call.user(), clock.instant());
    }

    ObjectKey key(WriteCall call, String name) {
        return new ObjectKey(definition.namespaced() ? call.namespace() : "", name);
    }

    Reservation begin(StrategyContext context, ObjectValue object, Optional<ObjectValue> old, boolean dryRun) {
        Optional<WriteHook> hook = rules.hook(resource());
        return hook.isEmpty() ? Reservation.NONE : hook.get().begin(context, object, old, dryRun);
    }

    void validateAdmission(
            WriteCall call, Operation operation, Optional<ObjectValue> object, Optional<ObjectValue> old) {
        AdmissionChain chain = admission.get();
        if (!chain.plugins().isEmpty()) {
            chain.validate(call.admission(operation, object.map(call.shown()), old.map(call.shown())));
        }
    }

    Optional<ObjectImage> current(ObjectKey key) {
        try {
            return cache.get(key, ReadVersion.ANY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ApiException.timeout("request did not complete within the allotted timeout", 0);
        }
    }

    ApiException modified(String name) {
        return ApiException.conflict(
                resource(),
                name,
                "the object has been modified; please apply your changes to the latest version and try again");
    }

    ApiException invalid(String name, List<FieldError> errors) {
        return ApiException.invalid(definition.group(), definition.names().kind(), name, errors);
    }
}
