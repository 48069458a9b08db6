package io.argosy.apiserver.admission.noderestriction;

import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.admission.AdmissionRequest;
import io.argosy.apiserver.admission.Operation;
import io.argosy.apiserver.admission.Refusals;
import io.argosy.apiserver.registry.lifecycle.Trees;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What a kubelet may change of its own Node. */
final class OwnNode {

    private static final String RESTRICTED = "node-restriction.kubernetes.io";

    private static final Set<String> LABELS = Set.of(
            "kubernetes.io/hostname",
            "topology.kubernetes.io/zone",
            "topology.kubernetes.io/region",
            "failure-domain.beta.kubernetes.io/zone",
            "failure-domain.beta.kubernetes.io/region",
            "node.kubernetes.io/instance-type",
            "beta.kubernetes.io/instance-type",
            "kubernetes.io/os",
            "kubernetes.io/arch",
            "beta.kubernetes.io/os",
            "beta.kubernetes.io/arch",
            "node.kubernetes.io/windows-build");

    private static final Set<String> LABEL_NAMESPACES = Set.of("kubelet.kubernetes.io", "node.kubernetes.io");

    private OwnNode() {}

    static void check(String node, AdmissionRequest request) {
        String subject = "node \"" + node + "\" is not allowed to ";
        String name = request.name().isEmpty()
                ? request.object()
                        .flatMap(object -> object.string("metadata", "name"))
                        .orElse("")
                : request.name();
        if (!name.equals(node)) {
            throw Refusals.forbidden(request, subject + "modify node \"" + name + "\"");
        }
        if (request.operation() == Operation.CREATE) {
            checkCreate(request, subject);
        } else if (request.operation() == Operation.UPDATE) {
            checkUpdate(request, subject);
        }
    }

    private static void checkCreate(AdmissionRequest request, String subject) {
        ObjectValue object = request.object().orElseThrow();
        if (object.at("spec", "configSource").isPresent()) {
            throw Refusals.forbidden(request, subject + "create pods with a non-nil configSource");
        }
        Set<String> forbidden = forbidden(labels(object), new ObjectValue());
        if (!forbidden.isEmpty()) {
            throw Refusals.forbidden(request, subject + "set the following labels: " + String.join(", ", forbidden));
        }
    }

    private static void checkUpdate(AdmissionRequest request, String subject) {
        ObjectValue object = request.object().orElseThrow();
        ObjectValue old = request.oldObject().orElseThrow();
        if (object.at("spec", "configSource").isPresent()
                && !Trees.same(object.at("spec", "configSource"), old.at("spec", "configSource"))) {
            throw Refusals.forbidden(request, subject + "update configSource to a new non-nil configSource");
        }
        if (!Trees.same(object.at("spec", "taints"), old.at("spec", "taints"))) {
            throw Refusals.forbidden(request, subject + "modify taints");
        }
        if (!Trees.same(object.at("metadata", "ownerReferences"), old.at("metadata", "ownerReferences"))) {
            throw Refusals.forbidden(request, subject + "modify ownerReferences");
        }
        Set<String> forbidden = forbidden(labels(object), labels(old));
        if (!forbidden.isEmpty()) {
            throw Refusals.forbidden(request, "is not allowed to modify labels: " + String.join(", ", forbidden));
        }
    }

    private static ObjectValue labels(ObjectValue node) {
        return node.object("metadata", "labels").orElseGet(ObjectValue::new);
    }

    private static Set<String> forbidden(ObjectValue labels, ObjectValue old) {
        Set<String> forbidden = new TreeSet<>();
        Set<String> all = new TreeSet<>(labels.names());
        all.addAll(old.names());
        for (String label : all) {
            if (!Optional.ofNullable(labels.fields().get(label))
                            .equals(Optional.ofNullable(old.fields().get(label)))
                    && isForbidden(label)) {
                forbidden.add(label);
            }
        }
        return forbidden;
    }

    private static boolean isForbidden(String label) {
        int slash = label.indexOf('/');
        String namespace = slash < 0 ? "" : label.substring(0, slash);
        return within(namespace, RESTRICTED)
                || ((within(namespace, "kubernetes.io") || within(namespace, "k8s.io"))
                        && !LABELS.contains(label)
                        && LABEL_NAMESPACES.stream().noneMatch(allowed -> within(namespace, allowed)));
    }

    private static boolean within(String namespace, String domain) {
        return namespace.equals(domain) || namespace.endsWith("." + domain);
    }
}
