package io.argosy.apiserver.admission.podsecurity;

import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.status.FieldError;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.admission.AdmissionRequest;
import io.argosy.apiserver.admission.Operation;
import io.argosy.apiserver.objects.ClusterObjects;
import io.argosy.apiserver.objects.Resources;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Checks the labels of namespaces, and warns of what a stricter one would not let in. */
final class NamespaceChanges {

    /** How long the pods of a namespace are looked at. */
    private static final Duration LONGEST = Duration.ofSeconds(1);

    private final ClusterObjects objects;
    private final PodSecuritySettings settings;
    private final LongSupplier nanoTime;

    NamespaceChanges(ClusterObjects objects, PodSecuritySettings settings, LongSupplier nanoTime) {
        this.objects = objects;
        this.settings = settings;
        this.nanoTime = nanoTime;
    }

    void review(AdmissionRequest request) {
        ObjectValue namespace = request.object().orElseGet(ObjectValue::new);
        String name = namespace.string("metadata", "name").orElse(request.name());
        PolicyLabels.Read read = PolicyLabels.of(namespace, settings.defaults());
        if (request.operation() == Operation.CREATE) {
            refuse(request, name, read.errors());
            if (settings.namespaces().contains(name)) {
                ignored(name, namespace, read.policy()).ifPresent(request.warn());
            }
            return;
        }
        PolicyLabels.Read before =
                PolicyLabels.of(request.oldObject().orElseGet(ObjectValue::new), settings.defaults());
        if (!read.errors().equals(before.errors())) {
            refuse(request, name, read.errors());
        }
        if (!isStricter(read.policy().enforce(), before.policy().enforce())) {
            return;
        }
        if (settings.namespaces().contains(name)) {
            ignored(name, namespace, read.policy()).ifPresent(request.warn());
        } else {
            warnOfPods(request, name, read.policy().enforce());
        }
    }

    private static void refuse(AdmissionRequest request, String name, List<FieldError> errors) {
        if (!errors.isEmpty()) {
            throw ApiException.invalid(request.kind().group(), request.kind().kind(), name, errors);
        }
    }

    private static boolean isStricter(Standard next, Standard before) {
        if (next.equals(before) || next.level() == Level.PRIVILEGED) {
            return false;
        }
        return !next.release().equals(before.release()) || next.level().compareTo(before.level()) > 0;
    }

    private void warnOfPods(AdmissionRequest request, String name, Standard standard) {
        long deadline = nanoTime.getAsLong() + LONGEST.toNanos();
        List<ObjectValue> pods = objects.list(Resources.PODS, name).stream()
                .filter(pod -> !settings.runtimeClasses()
                        .contains(pod.string("spec", "runtimeClassName").orElse("")))
                .toList();
        ExistingPods.warnings(name, standard, pods, ExistingPods.MOST, () -> nanoTime.getAsLong() - deadline > 0)
                .forEach(request.warn());
    }

    /** Tells that the labels of an exempt namespace have no effect, where they would have one. */
    private Optional<String> ignored(String name, ObjectValue namespace, Policy policy) {
        if (policy.allowsAll() || policy.allowsLike(settings.defaults())) {
            return Optional.empty();
        }
        List<String> parts = new ArrayList<>();
        add(parts, namespace, "enforce", policy.enforce());
        add(parts, namespace, "audit", policy.audit());
        add(parts, namespace, "warn", policy.warn());
        return Optional.of("namespace \"" + name + "\" is exempt from Pod Security, and the policy ("
                + String.join(", ", parts) + ") will be ignored");
    }

    private static void add(List<String> parts, ObjectValue namespace, String mode, Standard standard) {
        if (standard.level() != Level.PRIVILEGED && PolicyLabels.says(namespace, mode)) {
            parts.add(mode + "=" + standard);
        }
    }
}
