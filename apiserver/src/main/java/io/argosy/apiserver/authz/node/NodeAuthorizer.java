package io.argosy.apiserver.authz.node;

import io.argosy.apimodel.meta.GroupResource;
import io.argosy.apiserver.authz.Attributes;
import io.argosy.apiserver.authz.Authorizer;
import io.argosy.apiserver.authz.Decision;
import io.argosy.apiserver.authz.rbac.PolicyRule;
import io.argosy.apiserver.objects.Resources;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The mode Node: kubelets read what their pods refer to; the rest of what they may do is the fixed rules of the role
 * {@code system:node}.
 *
 * <p>Source: Kubernetes page "Using Node Authorization".
 */
public final class NodeAuthorizer implements Authorizer {

    private static final Decision ALLOW = new Decision.Allow("");
    private static final GroupResource CSI_NODES = new GroupResource("storage.k8s.io", "csinodes");
    private static final GroupResource CERTIFICATE_REQUESTS =
            new GroupResource("certificates.k8s.io", "podcertificaterequests");
    private static final Set<String> READS = Set.of("get", "list", "watch");
    private static final Set<String> OWN_WRITES = Set.of("get", "create", "update", "patch", "delete");

    private final NodeGraph graph;
    private final List<PolicyRule> rules;

    /** @param rules of {@code system:node} */
    public NodeAuthorizer(NodeGraph graph, List<PolicyRule> rules) {
        this.graph = graph;
        this.rules = List.copyOf(rules);
    }

    @Override
    public Decision authorize(Attributes request) {
        Optional<String> node = NodeNames.of(request.user());
        if (node.isEmpty()) {
            return silent("");
        }
        if (node.get().isEmpty()) {
            return silent("unknown node for user \"" + request.user().name() + "\"");
        }
        return request.resourceRequest() ? ofResource(node.get(), request) : ofRules(request);
    }

    private static Decision silent(String reason) {
        return new Decision.NoOpinion(reason);
    }

    private Decision ofRules(Attributes request) {
        return rules.stream().anyMatch(rule -> rule.allows(request)) ? ALLOW : silent("");
    }

    private Decision ofResource(String node, Attributes request) {
        GroupResource resource = new GroupResource(request.group(), request.resource());
        if (resource.equals(Resources.SECRETS) || resource.equals(Resources.CONFIG_MAPS)) {
            return ofReadable(node, resource, request);
        }
        if (resource.equals(Resources.PERSISTENT_VOLUME_CLAIMS)) {
            return request.subresource().equals("status")
                    ? ofStatus(node, resource, request)
                    : ofGet(node, resource, request);
        }
        if (resource.equals(Resources.PERSISTENT_VOLUMES)
                || resource.equals(Resources.RESOURCE_CLAIMS)
                || resource.equals(Resources.VOLUME_ATTACHMENTS)) {
            return ofGet(node, resource, request);
        }
        if (resource.equals(Resources.SERVICE_ACCOUNTS)) {
            return request.verb().equals("get") && request.subresource().isEmpty()
                    ? ofReadable(node, resource, request)
                    : ofToken(node, request);
        }
        if (resource.equals(Resources.LEASES)) {
            return ofLease(node, request);
        }
        if (resource.equals(CSI_NODES)) {
            return ofOwn(node, request, "CSINode");
        }
        if (resource.equals(Resources.RESOURCE_SLICES)) {
            return ofSlice(node, request);
        }
        if (resource.equals(CERTIFICATE_REQUESTS)) {
            return ofCertificateRequest(node, request);
        }
        if (resource.equals(Resources.NODES)) {
            return ofNode(node, request);
        }
        return resource.equals(Resources.PODS) ? ofPod(node, request) : ofRules(request);
    }

    private Decision related(String node, GroupResource resource, Attributes request) {
        if (request.name().isEmpty()) {
            return silent("No Object name found");
        }
        boolean related;
        if (resource.equals(Resources.PERSISTENT_VOLUMES)) {
            related = graph.usesVolume(node, request.name());
        } else if (resource.equals(Resources.VOLUME_ATTACHMENTS)
                || resource.equals(Resources.RESOURCE_SLICES)
                || resource.equals(CERTIFICATE_REQUESTS)) {
            related = graph.namesNode(node, resource, request.namespace(), request.name());
        } else if (resource.equals(Resources.PODS)) {
            related = graph.hasPod(node, request.namespace(), request.name());
        } else {
            related = graph.refersTo(node, resource, request.namespace(), request.name());
        }
        return related ? ALLOW : silent("no relationship found between node '" + node + "' and this object");
    }

    private Decision ofReadable(String node, GroupResource resource, Attributes request) {
        if (!READS.contains(request.verb())) {
            return silent("can only read resources of this type");
        }
        if (!request.subresource().isEmpty()) {
            return silent("cannot read subresource");
        }
        if (request.namespace().isEmpty()) {
            return silent("can only read namespaced object of this type");
        }
        return related(node, resource, request);
    }

    private Decision ofGet(String node, GroupResource resource, Attributes request) {
        if (!request.verb().equals("get")) {
            return silent("can only get individual resources of this type");
        }
        return request.subresource().isEmpty() ? related(node, resource, request) : silent("cannot get subresource");
    }

    private Decision ofStatus(String node, GroupResource resource, Attributes request) {
        return request.verb().equals("update") || request.verb().equals("patch")
                ? related(node, resource, request)
                : silent("can only get/update/patch this type");
    }

    private Decision ofToken(String node, Attributes request) {
        if (!request.verb().equals("create") || request.name().isEmpty()) {
            return silent("can only create tokens for individual service accounts");
        }
        return request.subresource().equals("token")
                ? related(node, Resources.SERVICE_ACCOUNTS, request)
                : silent("can only create token subresource of serviceaccount");
    }

    private static Decision ofLease(String node, Attributes request) {
        if (!OWN_WRITES.contains(request.verb())) {
            return silent("can only get, create, update, patch, or delete a node lease");
        }
        if (!request.namespace().equals("kube-node-lease")) {
            return silent("can only access leases in the \"kube-node-lease\" system namespace");
        }
        // The name is not known on create: NodeRestriction looks at it then.
        return request.verb().equals("create") || request.name().equals(node)
                ? ALLOW
                : silent("can only access node lease with the same name as the requesting node");
    }

    private static Decision ofOwn(String node, Attributes request, String kind) {
        if (!OWN_WRITES.contains(request.verb())) {
            return silent("can only get, create, update, patch, or delete a " + kind);
        }
        if (!request.subresource().isEmpty()) {
            return silent("cannot authorize " + kind + " subresources");
        }
        return request.verb().equals("create") || request.name().equals(node)
                ? ALLOW
                : silent("can only access " + kind + " with the same name as the requesting node");
    }

    private static boolean selects(Attributes request, String field, String value) {
        return request.fieldSelector().stream()
                .anyMatch(term -> term.key().equals(field)
                        && Set.of("=", "==", "In").contains(term.operator())
                        && term.values().equals(List.of(value)));
    }

    private Decision ofSlice(String node, Attributes request) {
        if (!request.subresource().isEmpty()) {
            return silent("cannot authorize ResourceSlice subresources");
        }
        return switch (request.verb()) {
            case "create" -> ALLOW;
            case "get", "update", "patch", "delete" -> related(node, Resources.RESOURCE_SLICES, request);
            case "watch", "list", "deletecollection" ->
                selects(request, "spec.nodeName", node)
                        ? ALLOW
                        : silent("can only list/watch/deletecollection resourceslices with nodeName field selector");
            default ->
                silent("only the following verbs are allowed for a ResourceSlice: get, watch, list, create, update,"
                        + " patch, delete, deletecollection");
        };
    }

    private Decision ofCertificateRequest(String node, Attributes request) {
        if (!request.subresource().isEmpty()) {
            return silent("nodes may not access the status subresource of PodCertificateRequests");
        }
        return switch (request.verb()) {
            case "create" -> ALLOW;
            case "get" -> related(node, CERTIFICATE_REQUESTS, request);
            case "list", "watch" ->
                selects(request, "spec.nodeName", node)
                        ? ALLOW
                        : silent("can only list/watch podcertificaterequests with nodeName field selector");
            default -> silent("nodes may not " + request.verb() + " podcertificaterequests");
        };
    }

    private static Decision ofNode(String node, Attributes request) {
        boolean write = Set.of("update", "patch").contains(request.verb());
        if (request.subresource().equals("status")) {
            return write ? ALLOW : silent("");
        }
        if (!request.subresource().isEmpty()) {
            return silent("");
        }
        if (write || request.verb().equals("create")) {
            return ALLOW;
        }
        if (!READS.contains(request.verb())) {
            return silent("");
        }
        if (request.name().equals(node)) {
            return ALLOW;
        }
        return request.name().isEmpty()
                ? silent("node '" + node + "' cannot read all nodes, only its own Node object")
                : silent("node '" + node + "' cannot read '" + request.name() + "', only its own Node object");
    }

    private Decision ofPod(String node, Attributes request) {
        return switch (request.subresource()) {
            case "" ->
                switch (request.verb()) {
                    case "get" -> related(node, Resources.PODS, request);
                    case "list", "watch" -> ofPods(node, request);
                    case "create", "delete" -> ALLOW;
                    default -> silent("");
                };
            case "status" -> request.verb().equals("update") || request.verb().equals("patch") ? ALLOW : silent("");
            case "eviction" -> request.verb().equals("create") ? ALLOW : silent("");
            default -> silent("");
        };
    }

    private Decision ofPods(String node, Attributes request) {
        if (selects(request, "spec.nodeName", node)) {
            return ALLOW;
        }
        return request.name().isEmpty()
                ? silent("can only list/watch pods with spec.nodeName field selector")
                : related(node, Resources.PODS, request);
    }
}
