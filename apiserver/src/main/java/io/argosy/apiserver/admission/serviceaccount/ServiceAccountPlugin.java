package io.argosy.apiserver.admission.serviceaccount;

import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.BooleanValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.admission.AdmissionPlugin;
import io.argosy.apiserver.admission.AdmissionRequest;
import io.argosy.apiserver.admission.Operation;
import io.argosy.apiserver.admission.Refusals;
import io.argosy.apiserver.objects.ClusterObjects;
import io.argosy.apiserver.objects.Resources;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/**
 * Gives each pod a ServiceAccount that exists, mounts its token, and takes over its pull secrets.
 *
 * <p>Source: Kubernetes page "Managing Service Accounts", ServiceAccount admission controller.
 */
public final class ServiceAccountPlugin implements AdmissionPlugin {

    private static final String DEFAULT = "default";
    private static final String MIRROR = "kubernetes.io/config.mirror";
    private static final String ENFORCE = "kubernetes.io/enforce-mountable-secrets";

    /** The default account of a new namespace is made by a controller: it may come a moment later than the first pod. */
    private static final int DEFAULT_ATTEMPTS = 10;

    private static final Duration RETRY = Duration.ofMillis(150);

    private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";

    private final ClusterObjects objects;
    private final RandomGenerator random;

    public ServiceAccountPlugin(ClusterObjects objects, RandomGenerator random) {
        this.objects = objects;
        this.random = random;
    }

    @Override
    public String name() {
        return "ServiceAccount";
    }

    @Override
    public boolean handles(Operation operation) {
        return operation == Operation.CREATE || operation == Operation.UPDATE;
    }

    @Override
    public void mutate(AdmissionRequest request) {
        if (!request.isFor("", "pods", "") || request.operation() != Operation.CREATE) {
            return;
        }
        ObjectValue pod = request.object().orElseThrow();
        if (isMirror(pod)) {
            checkMirror(request, pod);
            return;
        }
        ObjectValue spec = pod.objectOrNew("spec");
        if (spec.string("serviceAccountName").orElse("").isEmpty()) {
            spec.put("serviceAccountName", DEFAULT);
        }
        spec.put("serviceAccount", spec.string("serviceAccountName").orElseThrow());
        ObjectValue account = account(request, pod);
        if (automounts(account, spec)) {
            TokenVolume.mount(pod, suffix());
        }
        if (spec.array("imagePullSecrets").map(ArrayValue::isEmpty).orElse(true)) {
            account.array("imagePullSecrets")
                    .filter(secrets -> !secrets.isEmpty())
                    .ifPresent(secrets -> spec.put("imagePullSecrets", secrets.copy()));
        }
    }

    private static boolean isMirror(ObjectValue pod) {
        return pod.at("metadata", "annotations", MIRROR).isPresent();
    }

    private static boolean automounts(ObjectValue account, ObjectValue spec) {
        return spec.at("automountServiceAccountToken")
                .or(() -> account.at("automountServiceAccountToken"))
                .map(BooleanValue.TRUE::equals)
                .orElse(true);
    }

    private String suffix() {
        StringBuilder suffix = new StringBuilder(5);
        for (int i = 0; i < 5; i++) {
            suffix.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return suffix.toString();
    }

    private ObjectValue account(AdmissionRequest request, ObjectValue pod) {
        String namespace = request.namespace();
        String name = pod.string("spec", "serviceAccountName").orElse("");
        if (name.isEmpty()) {
            String podName = pod.string("metadata", "name").orElse("");
            throw Refusals.forbidden(request, "no service account specified for pod " + namespace + "/" + podName);
        }
        Optional<ObjectValue> found = objects.find(Resources.SERVICE_ACCOUNTS, namespace, name);
        int attempts = name.equals(DEFAULT) ? DEFAULT_ATTEMPTS : 1;
        for (int i = 0; i < attempts && found.isEmpty(); i++) {
            if (i > 0) {
                LockSupport.parkNanos(RETRY.toNanos());
            }
            found = objects.findLatest(Resources.SERVICE_ACCOUNTS, namespace, name);
        }
        return found.orElseThrow(() -> Refusals.forbidden(
                request,
                "error looking up service account " + namespace + "/" + name + ": serviceaccount \"" + name
                        + "\" not found"));
    }

    @Override
    public void validate(AdmissionRequest request) {
        if (request.isFor("", "pods", "ephemeralcontainers") && request.operation() == Operation.UPDATE) {
            ObjectValue pod = request.object().orElseThrow();
            limit(request, account(request, pod), SecretReferences.ofEphemeralContainers(pod));
            return;
        }
        if (!request.isFor("", "pods", "") || request.operation() != Operation.CREATE) {
            return;
        }
        ObjectValue pod = request.object().orElseThrow();
        if (isMirror(pod)) {
            checkMirror(request, pod);
            return;
        }
        ObjectValue account = account(request, pod);
        limit(request, account, SecretReferences.ofPod(pod));
        if (enforces(account)) {
            limitPullSecrets(request, account, pod);
        }
    }

    private static void checkMirror(AdmissionRequest request, ObjectValue pod) {
        if (!pod.string("spec", "serviceAccountName").orElse("").isEmpty()) {
            throw Refusals.forbidden(request, "a mirror pod may not reference service accounts");
        }
        if (SecretReferences.any(pod)) {
            throw Refusals.forbidden(request, "a mirror pod may not reference secrets");
        }
        boolean projectsToken = pod.array("spec", "volumes").stream()
                .flatMap(ArrayValue::objects)
                .flatMap(volume -> volume.array("projected", "sources").stream())
                .flatMap(ArrayValue::objects)
                .anyMatch(source -> source.has("serviceAccountToken"));
        if (projectsToken) {
            throw Refusals.forbidden(request, "a mirror pod may not use ServiceAccountToken volume projections");
        }
    }

    private static boolean enforces(ObjectValue account) {
        return List.of("1", "t", "T", "TRUE", "true", "True")
                .contains(account.string("metadata", "annotations", ENFORCE).orElse(""));
    }

    private static void limit(AdmissionRequest request, ObjectValue account, SecretReferences references) {
        if (enforces(account)) {
            references.refusal(account).ifPresent(why -> {
                throw Refusals.forbidden(request, why);
            });
        }
    }

    private static void limitPullSecrets(AdmissionRequest request, ObjectValue account, ObjectValue pod) {
        List<String> listed = names(account.array("imagePullSecrets"));
        List<String> used = names(pod.array("spec", "imagePullSecrets"));
        for (int i = 0; i < used.size(); i++) {
            if (!listed.contains(used.get(i))) {
                throw Refusals.forbidden(
                        request,
                        "imagePullSecrets[" + i + "].name=\"" + used.get(i)
                                + "\" is not allowed because service account "
                                + account.string("metadata", "name").orElse("")
                                + " does not reference that imagePullSecret");
            }
        }
    }

    private static List<String> names(Optional<ArrayValue> references) {
        return references.stream()
                .flatMap(ArrayValue::objects)
                .map(reference -> reference.string("name").orElse(""))
                .toList();
    }
}
