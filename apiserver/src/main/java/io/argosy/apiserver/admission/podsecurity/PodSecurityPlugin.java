package io.argosy.apiserver.admission.podsecurity;

import io.argosy.apimodel.meta.GroupResource;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.admission.AdmissionPlugin;
import io.argosy.apiserver.admission.AdmissionRequest;
import io.argosy.apiserver.admission.Operation;
import io.argosy.apiserver.objects.ClusterObjects;
import io.argosy.apiserver.objects.Resources;
import io.argosy.daemon.metrics.Metrics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Holds pods to the Pod Security Standard of their namespace, and warns of templates whose pods would be refused.
 *
 * <p>Source: Kubernetes page "Pod Security Admission".
 */
public final class PodSecurityPlugin implements AdmissionPlugin {

    private static final String PREFIX = "pod-security.kubernetes.io/";

    /** Where resources with a template of pods have it. */
    private static final Map<GroupResource, String[]> TEMPLATES = Map.of(
            new GroupResource("", "podtemplates"), new String[] {"template"},
            new GroupResource("", "replicationcontrollers"), new String[] {"spec", "template"},
            new GroupResource("apps", "replicasets"), new String[] {"spec", "template"},
            new GroupResource("apps", "deployments"), new String[] {"spec", "template"},
            new GroupResource("apps", "statefulsets"), new String[] {"spec", "template"},
            new GroupResource("apps", "daemonsets"), new String[] {"spec", "template"},
            new GroupResource("batch", "jobs"), new String[] {"spec", "template"},
            new GroupResource("batch", "cronjobs"), new String[] {"spec", "jobTemplate", "spec", "template"});

    private static final Set<String> IGNORED =
            Set.of("exec", "attach", "binding", "eviction", "log", "portforward", "proxy", "status");

    private final ClusterObjects objects;
    private final PodSecuritySettings settings;
    private final NamespaceChanges namespaces;
    private final SecurityMetrics metrics;

    /**
     * @param configuration a PodSecurityConfiguration
     * @throws IllegalArgumentException when the configuration is none
     */
    public PodSecurityPlugin(ClusterObjects objects, Optional<ObjectValue> configuration, Metrics metrics) {
        this.objects = objects;
        this.settings = configuration.map(PodSecuritySettings::read).orElse(PodSecuritySettings.DEFAULT);
        this.namespaces = new NamespaceChanges(objects, settings, System::nanoTime);
        this.metrics = new SecurityMetrics(metrics);
    }

    @Override
    public String name() {
        return "PodSecurity";
    }

    @Override
    public boolean handles(Operation operation) {
        return operation == Operation.CREATE || operation == Operation.UPDATE;
    }

    @Override
    public void validate(AdmissionRequest request) {
        GroupResource resource = request.resource().groupResource();
        if (resource.equals(Resources.NAMESPACES)) {
            if (request.subresource().isEmpty()) {
                namespaces.review(request);
            }
        } else if (resource.equals(Resources.PODS)) {
            if (!IGNORED.contains(request.subresource()) && !isExempt(request)) {
                pod(request);
            }
        } else if (TEMPLATES.containsKey(resource) && request.subresource().isEmpty() && !isExempt(request)) {
            template(request, TEMPLATES.get(resource));
        }
    }

    private boolean isExempt(AdmissionRequest request) {
        if (settings.namespaces().contains(request.namespace())) {
            exempt(request, "namespace");
            return true;
        }
        String user = request.user().name();
        if (!user.isEmpty() && settings.usernames().contains(user)) {
            exempt(request, "user");
            return true;
        }
        return false;
    }

    private void exempt(AdmissionRequest request, String why) {
        request.annotate().accept(PREFIX + "exempt", why);
        metrics.exempted(request);
    }

    private Optional<ObjectValue> namespace(AdmissionRequest request) {
        return objects.find(Resources.NAMESPACES, "", request.namespace())
                .or(() -> objects.findLatest(Resources.NAMESPACES, "", request.namespace()));
    }

    private void pod(AdmissionRequest request) {
        Optional<ObjectValue> namespace = namespace(request);
        if (namespace.isEmpty()) {
            metrics.failed(request, true);
            throw ApiException.internal("failed to lookup namespace \"" + request.namespace() + "\"");
        }
        PolicyLabels.Read read = PolicyLabels.of(namespace.get(), settings.defaults());
        if (read.errors().isEmpty() && read.policy().allowsAll()) {
            metrics.evaluated(
                    request, new Evaluation.Counted(true, read.policy().enforce(), "enforce"));
            request.annotate().accept(PREFIX + "enforce-policy", Standard.PRIVILEGED.toString());
            return;
        }
        ObjectValue pod = request.object().orElseGet(ObjectValue::new);
        boolean same = request.operation() == Operation.UPDATE
                && request.oldObject()
                        .filter(old -> !PodChange.matters(pod, old))
                        .isPresent();
        if (!same) {
            evaluate(request, read, pod, true);
        }
    }

    private void template(AdmissionRequest request, String[] path) {
        Optional<ObjectValue> namespace = namespace(request);
        if (namespace.isEmpty()) {
            metrics.failed(request, true);
            request.annotate()
                    .accept(
                            PREFIX + "error",
                            "failed to lookup namespace \"" + request.namespace() + "\": namespaces \""
                                    + request.namespace() + "\" not found");
            return;
        }
        PolicyLabels.Read read = PolicyLabels.of(namespace.get(), settings.defaults());
        boolean silent = read.errors().isEmpty()
                && read.policy().warn().level() == Level.PRIVILEGED
                && read.policy().audit().level() == Level.PRIVILEGED;
        Optional<ObjectValue> template = request.object().flatMap(object -> object.object(path));
        if (!silent && template.isPresent()) {
            evaluate(request, read, template.get(), false);
        }
    }

    private void evaluate(AdmissionRequest request, PolicyLabels.Read read, ObjectValue pod, boolean enforce) {
        String runtimeClass = pod.string("spec", "runtimeClassName").orElse("");
        if (!runtimeClass.isEmpty() && settings.runtimeClasses().contains(runtimeClass)) {
            exempt(request, "runtimeClass");
            return;
        }
        if (!read.errors().isEmpty()) {
            metrics.failed(request, false);
        }
        Evaluation evaluation = Evaluation.of(read.policy(), read.errors(), PodView.of(pod), enforce);
        evaluation.counted().forEach(counted -> metrics.evaluated(request, counted));
        evaluation.annotations().forEach((name, value) -> request.annotate().accept(PREFIX + name, value));
        evaluation.warnings().forEach(request.warn());
        if (evaluation.refusal().isPresent()) {
            throw ApiException.forbidden(
                    request.resource().groupResource(),
                    request.name(),
                    evaluation.refusal().get());
        }
    }

    /** Whether a change of a pod may matter to a standard: what runs in it. */
    private static final class PodChange {

        private PodChange() {}

        static boolean matters(ObjectValue pod, ObjectValue old) {
            return differ(pod, old, "containers") || differ(pod, old, "initContainers") || addsOrChanges(pod, old);
        }

        private static List<ObjectValue> list(ObjectValue pod, String list) {
            return pod.array("spec", list).stream().flatMap(ArrayValue::objects).toList();
        }

        private static boolean differ(ObjectValue pod, ObjectValue old, String list) {
            return !images(pod, list).equals(images(old, list));
        }

        private static List<String> images(ObjectValue pod, String list) {
            return list(pod, list).stream()
                    .map(container -> container.string("image").orElse(""))
                    .toList();
        }

        private static boolean addsOrChanges(ObjectValue pod, ObjectValue old) {
            return list(pod, "ephemeralContainers").stream()
                    .anyMatch(container -> list(old, "ephemeralContainers").stream()
                            .filter(before -> PodView.name(before).equals(PodView.name(container)))
                            .findFirst()
                            .filter(before -> before.string("image").equals(container.string("image")))
                            .isEmpty());
        }
    }
}
