package io.argosy.apiserver.admission.noderestriction;

import io.argosy.apimodel.meta.GroupResource;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.admission.AdmissionPlugin;
import io.argosy.apiserver.admission.AdmissionRequest;
import io.argosy.apiserver.admission.Operation;
import io.argosy.apiserver.admission.Refusals;
import io.argosy.apiserver.authz.node.NodeNames;
import io.argosy.apiserver.objects.ClusterObjects;
import io.argosy.apiserver.objects.Resources;
import io.argosy.apiserver.registry.lifecycle.Trees;
import java.util.List;
import java.util.Optional;

/**
 * Lets kubelets write only their own Node, its lease and CSINode, and pods bound to it.
 *
 * <p>Source: Kubernetes page "Using Node Authorization", NodeRestriction admission plugin.
 */
public final class NodeRestriction implements AdmissionPlugin {

    private static final String MIRROR = "kubernetes.io/config.mirror";
    private static final GroupResource CSI_NODES = new GroupResource("storage.k8s.io", "csinodes");

    private final ClusterObjects objects;

    public NodeRestriction(ClusterObjects objects) {
        this.objects = objects;
    }

    @Override
    public String name() {
        return "NodeRestriction";
    }

    @Override
    public boolean handles(Operation operation) {
        return operation != Operation.CONNECT;
    }

    @Override
    public void mutate(AdmissionRequest request) {
        Optional<String> node = NodeNames.of(request.user());
        if (node.isEmpty()) {
            return;
        }
        if (node.get().isEmpty()) {
            throw Refusals.forbidden(
                    request,
                    "could not determine node from user \"" + request.user().name() + "\"");
        }
        check(node.get(), request);
    }

    private void check(String node, AdmissionRequest request) {
        GroupResource resource = request.resource().groupResource();
        if (resource.equals(Resources.PODS)) {
            checkPod(node, request);
        } else if (resource.equals(Resources.NODES)) {
            OwnNode.check(node, request);
        } else if (resource.equals(Resources.PERSISTENT_VOLUME_CLAIMS)) {
            checkClaim(node, request);
        } else if (resource.equals(Resources.SERVICE_ACCOUNTS)) {
            checkToken(node, request);
        } else if (resource.equals(Resources.LEASES)) {
            checkLease(node, request);
        } else if (resource.equals(CSI_NODES)) {
            checkNamed(node, request, "CSINode");
        } else if (resource.equals(Resources.RESOURCE_SLICES)) {
            checkSlice(node, request);
        } else if (resource.equals(Resources.SIGNING_REQUESTS)) {
            checkSigningRequest(node, request);
        }
    }

    private static String unexpected(AdmissionRequest request) {
        return "unexpected operation \"" + request.operation() + "\"";
    }

    private void checkPod(String node, AdmissionRequest request) {
        switch (request.subresource()) {
            case "" -> {
                switch (request.operation()) {
                    case CREATE ->
                        checkMirrorPod(node, request, request.object().orElseThrow());
                    case DELETE -> {
                        if (!isOn(node, pod(request, request.name()))) {
                            throw Refusals.forbidden(
                                    request,
                                    "node \"" + node + "\" can only delete pods with spec.nodeName set to itself");
                        }
                    }
                    default ->
                        throw Refusals.forbidden(
                                request,
                                unexpected(request) + ", node \"" + node + "\" can only create and delete mirror pods");
                }
            }
            case "status" -> checkPodStatus(node, request);
            case "eviction" -> {
                if (request.operation() != Operation.CREATE) {
                    throw Refusals.forbidden(request, "unexpected operation " + request.operation());
                }
                if (!isOn(node, pod(request, request.name()))) {
                    throw Refusals.forbidden(
                            request, "node " + node + " can only evict pods with spec.nodeName set to itself");
                }
            }
            default ->
                throw Refusals.forbidden(
                        request,
                        "unexpected pod subresource \"" + request.subresource()
                                + "\", only 'status' and 'eviction' are allowed");
        }
    }

    private ObjectValue pod(AdmissionRequest request, String name) {
        return objects.find(Resources.PODS, request.namespace(), name)
                .or(() -> objects.findLatest(Resources.PODS, request.namespace(), name))
                .orElseThrow(() -> ApiException.notFound(Resources.PODS, name));
    }

    private static boolean isOn(String node, ObjectValue pod) {
        return pod.string("spec", "nodeName").orElse("").equals(node);
    }

    private void checkMirrorPod(String node, AdmissionRequest request, ObjectValue pod) {
        String subject = "node \"" + node + "\" can only create pods with ";
        if (pod.at("metadata", "annotations", MIRROR).isEmpty()) {
            throw Refusals.forbidden(
                    request,
                    "pod does not have \"" + MIRROR + "\" annotation, node \"" + node
                            + "\" can only create mirror pods");
        }
        if (!isOn(node, pod)) {
            throw Refusals.forbidden(request, subject + "spec.nodeName set to itself");
        }
        List<ObjectValue> owners = pod.array("metadata", "ownerReferences").stream()
                .flatMap(ArrayValue::objects)
                .toList();
        if (owners.size() > 1) {
            throw Refusals.forbidden(request, subject + "a single owner reference set to itself");
        }
        if (owners.isEmpty()) {
            throw Refusals.forbidden(request, subject + "an owner reference set to itself");
        }
        checkOwner(node, request, owners.getFirst(), subject);
        MirrorPods.reference(pod).ifPresent(kind -> {
            throw Refusals.forbidden(request, "node \"" + node + "\" can not create pods that reference " + kind);
        });
    }

    private void checkOwner(String node, AdmissionRequest request, ObjectValue owner, String subject) {
        boolean self = owner.string("apiVersion").orElse("").equals("v1")
                && owner.string("kind").orElse("").equals("Node")
                && owner.string("name").orElse("").equals(node);
        if (!self) {
            throw Refusals.forbidden(request, subject + "an owner reference set to itself");
        }
        if (!owner.isTrue("controller")) {
            throw Refusals.forbidden(request, subject + "a controller owner reference set to itself");
        }
        if (owner.isTrue("blockOwnerDeletion")) {
            throw Refusals.forbidden(
                    request, "node \"" + node + "\" must not set blockOwnerDeletion on an owner reference");
        }
        String uid = objects.find(Resources.NODES, "", node)
                .orElseThrow(() -> ApiException.notFound(Resources.NODES, node))
                .string("metadata", "uid")
                .orElse("");
        String given = owner.string("uid").orElse("");
        if (!given.equals(uid)) {
            throw Refusals.forbidden(request, "node " + node + " UID mismatch: expected " + given + " got " + uid);
        }
    }

    private static void checkPodStatus(String node, AdmissionRequest request) {
        if (request.operation() != Operation.UPDATE) {
            throw Refusals.forbidden(request, unexpected(request));
        }
        ObjectValue old = request.oldObject().orElseThrow();
        ObjectValue pod = request.object().orElseThrow();
        if (!isOn(node, old)) {
            throw Refusals.forbidden(
                    request,
                    "node \"" + node + "\" can only update pod status for pods with spec.nodeName set to itself");
        }
        if (!Trees.same(old.at("metadata", "labels"), pod.at("metadata", "labels"))) {
            throw Refusals.forbidden(request, "node \"" + node + "\" cannot update labels through pod status");
        }
        if (!Trees.same(old.at("status", "resourceClaimStatuses"), pod.at("status", "resourceClaimStatuses"))) {
            throw Refusals.forbidden(request, "node \"" + node + "\" cannot update resource claim statues");
        }
        if (!Trees.same(
                old.at("status", "extendedResourceClaimStatus"), pod.at("status", "extendedResourceClaimStatus"))) {
            throw Refusals.forbidden(request, "node \"" + node + "\" cannot update extended resource claim status");
        }
    }

    private static void checkClaim(String node, AdmissionRequest request) {
        if (!request.subresource().equals("status")) {
            throw Refusals.forbidden(request, "may only update PVC status");
        }
        if (request.operation() != Operation.UPDATE) {
            throw Refusals.forbidden(request, unexpected(request));
        }
        ObjectValue old = withoutFreeFields(request.oldObject().orElseThrow());
        ObjectValue claim = withoutFreeFields(request.object().orElseThrow());
        if (!Trees.same(old, claim)) {
            throw Refusals.forbidden(
                    request,
                    "node \"" + node
                            + "\" is not allowed to update fields other than status.quantity and status.conditions");
        }
    }

    private static ObjectValue withoutFreeFields(ObjectValue claim) {
        ObjectValue copy = claim.copy();
        copy.object("metadata").ifPresent(metadata -> {
            metadata.remove("resourceVersion");
            metadata.remove("managedFields");
        });
        copy.object("status")
                .ifPresent(
                        status -> List.of("capacity", "conditions", "allocatedResources", "allocatedResourceStatuses")
                                .forEach(status::remove));
        return copy;
    }

    private void checkToken(String node, AdmissionRequest request) {
        if (request.operation() != Operation.CREATE || !request.subresource().equals("token")) {
            return;
        }
        ObjectValue reference = request.object()
                .flatMap(token -> token.object("spec", "boundObjectRef"))
                .orElseGet(ObjectValue::new);
        String name = reference.string("name").orElse("");
        String uid = reference.string("uid").orElse("");
        boolean bound = reference.string("apiVersion").orElse("").equals("v1")
                && reference.string("kind").orElse("").equals("Pod")
                && !name.isEmpty();
        if (!bound) {
            throw Refusals.forbidden(request, "node requested token not bound to a pod");
        }
        if (uid.isEmpty()) {
            throw Refusals.forbidden(request, "node requested token with a pod binding without a uid");
        }
        ObjectValue pod = pod(request, name);
        if (!uid.equals(pod.string("metadata", "uid").orElse(""))) {
            throw Refusals.forbidden(
                    request,
                    "the UID in the bound object reference (" + uid
                            + ") does not match the UID in record. The object might have been deleted and then recreated");
        }
        if (!isOn(node, pod)) {
            throw Refusals.forbidden(request, "node requested token bound to a pod scheduled on a different node");
        }
    }

    private static void checkLease(String node, AdmissionRequest request) {
        if (!request.namespace().equals("kube-node-lease")) {
            throw Refusals.forbidden(request, "can only access leases in the \"kube-node-lease\" system namespace");
        }
        String name = request.operation() == Operation.CREATE
                ? request.object()
                        .flatMap(lease -> lease.string("metadata", "name"))
                        .orElse("")
                : request.name();
        if (!name.equals(node)) {
            throw Refusals.forbidden(request, "can only access node lease with the same name as the requesting node");
        }
    }

    private static void checkNamed(String node, AdmissionRequest request, String kind) {
        String name = request.operation() == Operation.CREATE
                ? request.object()
                        .flatMap(object -> object.string("metadata", "name"))
                        .orElse("")
                : request.name();
        if (!name.equals(node)) {
            throw Refusals.forbidden(request, "can only access " + kind + " with the same name as the requesting node");
        }
    }

    private static void checkSlice(String node, AdmissionRequest request) {
        if (request.operation() == Operation.CREATE
                && !request.object()
                        .flatMap(slice -> slice.string("spec", "nodeName"))
                        .orElse("")
                        .equals(node)) {
            throw Refusals.forbidden(
                    request, "can only create ResourceSlice with the same NodeName as the requesting node");
        }
    }

    private static void checkSigningRequest(String node, AdmissionRequest request) {
        if (request.operation() != Operation.CREATE || !request.subresource().isEmpty()) {
            return;
        }
        SigningSubjects.problem(node, request.object().orElseThrow()).ifPresent(problem -> {
            throw Refusals.forbidden(request, problem);
        });
    }
}
