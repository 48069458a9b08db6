package io.argosy.apiserver.bootstrap;

import static io.argosy.apiserver.bootstrap.ObjectTrees.array;
import static io.argosy.apiserver.bootstrap.ObjectTrees.list;
import static io.argosy.apiserver.bootstrap.ObjectTrees.object;
import static io.argosy.apiserver.bootstrap.ObjectTrees.strings;

import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.List;

/** The objects of a new cluster that depend on nothing: namespaces, priority classes, flow control. */
final class SystemObjects {

    static final List<String> NAMESPACES = List.of("kube-system", "kube-public", "default", "kube-node-lease");

    private static final String FLOW = "flowcontrol.apiserver.k8s.io/v1";

    private SystemObjects() {}

    static ObjectValue namespace(String name) {
        ObjectValue namespace = object("v1", "Namespace", "", name);
        namespace.objectOrNew("metadata").put("labels", strings("kubernetes.io/metadata.name", name));
        return namespace
                .put("spec", new ObjectValue().put("finalizers", list("kubernetes")))
                .put("status", strings("phase", "Active"));
    }

    static List<ObjectValue> priorityClasses() {
        return List.of(
                priorityClass(
                        "system-node-critical",
                        2_000_001_000L,
                        "Used for system critical pods that must not be moved from their current node."),
                priorityClass(
                        "system-cluster-critical",
                        2_000_000_000L,
                        "Used for system critical pods that must run in the cluster, but can be moved to another node if"
                                + " necessary."));
    }

    private static ObjectValue priorityClass(String name, long value, String description) {
        ObjectValue created = object("scheduling.k8s.io/v1", "PriorityClass", "", name);
        created.objectOrNew("metadata").put("generation", 1);
        return created.put("value", value)
                .put("description", description)
                .put("preemptionPolicy", "PreemptLowerPriority");
    }

    static List<ObjectValue> priorityLevels() {
        return List.of(
                level(
                        "exempt",
                        new ObjectValue()
                                .put("type", "Exempt")
                                .put(
                                        "exempt",
                                        new ObjectValue()
                                                .put("nominalConcurrencyShares", 0)
                                                .put("lendablePercent", 0))),
                level("catch-all", limited(5, 0, strings("type", "Reject"))),
                level("leader-election", limited(10, 0, queues(16, 4))),
                level("node-high", limited(40, 25, queues(64, 6))),
                level("system", limited(30, 33, queues(64, 6))),
                level("workload-high", limited(40, 50, queues(128, 6))),
                level("workload-low", limited(100, 90, queues(128, 6))),
                level("global-default", limited(20, 50, queues(128, 6))));
    }

    private static ObjectValue level(String name, ObjectValue spec) {
        return flowObject("PriorityLevelConfiguration", name).put("spec", spec).put("status", new ObjectValue());
    }

    private static ObjectValue flowObject(String kind, String name) {
        ObjectValue created = object(FLOW, kind, "", name);
        created.objectOrNew("metadata")
                .put("generation", 1)
                .put("annotations", strings("apf.kubernetes.io/autoupdate-spec", "true"));
        return created;
    }

    private static ObjectValue queues(int queues, int hand) {
        return new ObjectValue()
                .put("type", "Queue")
                .put(
                        "queuing",
                        new ObjectValue()
                                .put("queues", queues)
                                .put("handSize", hand)
                                .put("queueLengthLimit", 50));
    }

    private static ObjectValue limited(int shares, int lendable, ObjectValue response) {
        return new ObjectValue()
                .put("type", "Limited")
                .put(
                        "limited",
                        new ObjectValue()
                                .put("nominalConcurrencyShares", shares)
                                .put("limitResponse", response)
                                .put("lendablePercent", lendable));
    }

    static List<ObjectValue> flowSchemas() {
        ArrayValue everyone = array(group("system:unauthenticated"), group("system:authenticated"));
        ArrayValue systemAccounts = array(account("kube-system"));
        ObjectValue all = everything();
        return List.of(
                schema("exempt", "exempt", 1, "", array(group("system:masters")), all),
                schema("probes", "exempt", 2, "", everyone, paths("get", "/healthz", "/readyz", "/livez")),
                schema(
                        "system-leader-election",
                        "leader-election",
                        100,
                        "ByUser",
                        array(
                                user("system:kube-controller-manager"),
                                user("system:kube-scheduler"),
                                account("kube-system")),
                        resources(false, List.of("get", "create", "update"), "coordination.k8s.io", "leases")),
                schema("system-node-high", "node-high", 400, "ByUser", array(group("system:nodes")), nodeHigh()),
                schema("system-nodes", "system", 500, "ByUser", array(group("system:nodes")), all),
                schema(
                        "kube-controller-manager",
                        "workload-high",
                        800,
                        "ByNamespace",
                        array(user("system:kube-controller-manager")),
                        all),
                schema(
                        "kube-scheduler",
                        "workload-high",
                        800,
                        "ByNamespace",
                        array(user("system:kube-scheduler")),
                        all),
                schema("kube-system-service-accounts", "workload-high", 900, "ByNamespace", systemAccounts, all),
                schema("service-accounts", "workload-low", 9000, "ByUser", array(group("system:serviceaccounts")), all),
                schema("global-default", "global-default", 9900, "ByUser", everyone, all),
                schema("catch-all", "catch-all", 10000, "ByUser", everyone, all));
    }

    private static ObjectValue schema(
            String name, String level, int precedence, String distinguisher, ArrayValue subjects, ObjectValue rule) {
        ObjectValue spec = new ObjectValue()
                .put("priorityLevelConfiguration", strings("name", level))
                .put("matchingPrecedence", precedence);
        if (!distinguisher.isEmpty()) {
            spec.put("distinguisherMethod", strings("type", distinguisher));
        }
        ObjectValue policy = new ObjectValue().put("subjects", subjects.copy());
        rule.copy().fields().forEach(policy::put);
        return flowObject("FlowSchema", name)
                .put("spec", spec.put("rules", array(policy)))
                .put("status", new ObjectValue());
    }

    private static ObjectValue group(String name) {
        return strings("kind", "Group").put("group", strings("name", name));
    }

    private static ObjectValue user(String name) {
        return strings("kind", "User").put("user", strings("name", name));
    }

    private static ObjectValue account(String namespace) {
        return strings("kind", "ServiceAccount").put("serviceAccount", strings("namespace", namespace, "name", "*"));
    }

    private static ObjectValue everything() {
        ObjectValue rule = resources(true, List.of("*"), "*", "*");
        paths("*", "*").fields().forEach(rule::put);
        return rule;
    }

    private static ObjectValue paths(String verb, String... paths) {
        return new ObjectValue()
                .put(
                        "nonResourceRules",
                        array(new ObjectValue().put("verbs", list(verb)).put("nonResourceURLs", list(paths))));
    }

    private static ObjectValue nodeHigh() {
        ObjectValue rule = resources(true, List.of("*"), "", "nodes", "nodes/status");
        resources(false, List.of("*"), "coordination.k8s.io", "leases")
                .array("resourceRules")
                .orElseThrow()
                .forEach(rule.arrayOrNew("resourceRules")::add);
        return rule;
    }

    private static ObjectValue resources(boolean clusterScope, List<String> verbs, String group, String... resources) {
        ObjectValue rule = new ObjectValue()
                .put("verbs", ArrayValue.ofStrings(verbs))
                .put("apiGroups", list(group))
                .put("resources", list(resources));
        if (clusterScope) {
            rule.put("clusterScope", true);
        }
        return new ObjectValue().put("resourceRules", array(rule.put("namespaces", list("*"))));
    }
}
