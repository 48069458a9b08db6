package io.argosy.apiserver.bootstrap;

import static io.argosy.apiserver.bootstrap.ObjectTrees.object;
import static io.argosy.apiserver.bootstrap.ObjectTrees.strings;

import io.argosy.apimodel.meta.GroupResource;
import io.argosy.apimodel.status.ApiException;
import io.argosy.apimodel.time.ApiTime;
import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.authz.rbac.BootstrapPolicy;
import io.argosy.apiserver.objects.ClusterObjects;
import io.argosy.apiserver.objects.Resources;
import io.argosy.apiserver.registry.lifecycle.Trees;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/**
 * Writes what a cluster has from the start. Everything here may run again, and on several servers at once: what is there
 * stays, but for what carries the mark that it is to be kept up to date.
 */
public final class Bootstrap {

    private static final String KEEP_SPEC = "apf.kubernetes.io/autoupdate-spec";

    private final ClusterObjects objects;
    private final InstantSource clock;

    public Bootstrap(ClusterObjects objects, InstantSource clock) {
        this.objects = objects;
        this.clock = clock;
    }

    /**
     * Writes namespaces, RBAC, priority classes, flow control and the ConfigMaps that others look for.
     *
     * @param serviceRanges of the ServiceCIDR {@code kubernetes}
     * @param authentication what {@code extension-apiserver-authentication} says, by key
     */
    public void run(List<String> serviceRanges, Map<String, String> authentication) {
        SystemObjects.NAMESPACES.forEach(name -> ensure(Resources.NAMESPACES, SystemObjects.namespace(name)));
        writeConfigMaps(authentication);
        ensure(Resources.SERVICE_CIDRS, serviceCidr(serviceRanges));
        new RbacReconciler(objects).run(BootstrapPolicy.load());
        SystemObjects.priorityClasses().forEach(created -> ensure(Resources.PRIORITY_CLASSES, created));
        SystemObjects.priorityLevels().forEach(level -> keepSpec(Resources.PRIORITY_LEVELS, level));
        SystemObjects.flowSchemas().forEach(schema -> keepSpec(Resources.FLOW_SCHEMAS, marked(schema)));
    }

    /** A flow schema with the condition that its priority level exists. */
    private ObjectValue marked(ObjectValue schema) {
        String level =
                schema.string("spec", "priorityLevelConfiguration", "name").orElse("");
        schema.objectOrNew("status")
                .put(
                        "conditions",
                        ObjectTrees.array(strings(
                                "type", "Dangling",
                                "status", "False",
                                "lastTransitionTime", ApiTime.format(clock.instant()),
                                "reason", "Found",
                                "message",
                                        "This FlowSchema references the PriorityLevelConfiguration object named \""
                                                + level + "\" and it exists")));
        return schema;
    }

    private void writeConfigMaps(Map<String, String> authentication) {
        ObjectValue data = ObjectValue.ofStrings(authentication);
        ObjectValue shared = object("v1", "ConfigMap", "kube-system", "extension-apiserver-authentication");
        if (!authentication.isEmpty()) {
            ensure(Resources.CONFIG_MAPS, shared.put("data", data));
            objects.update(Resources.CONFIG_MAPS, "kube-system", "extension-apiserver-authentication", current -> {
                data.fields().forEach(current.objectOrNew("data")::put);
                return current;
            });
        }
        ensure(
                Resources.CONFIG_MAPS,
                object("v1", "ConfigMap", "kube-system", "kube-apiserver-legacy-service-account-token-tracking")
                        .put(
                                "data",
                                strings(
                                        "since",
                                        LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)
                                                .toString())));
    }

    private ObjectValue serviceCidr(List<String> ranges) {
        ObjectValue ready = strings(
                "type", "Ready",
                "status", "True",
                "lastTransitionTime", ApiTime.format(clock.instant()),
                "reason", "",
                "message", "Kubernetes default Service CIDR is ready");
        return object("networking.k8s.io/v1", "ServiceCIDR", "", "kubernetes")
                .put("spec", new ObjectValue().put("cidrs", ArrayValue.ofStrings(ranges)))
                .put("status", new ObjectValue().put("conditions", ObjectTrees.array(ready)));
    }

    /** Creates an object that does not exist. */
    private void ensure(GroupResource resource, ObjectValue object) {
        String namespace = object.string("metadata", "namespace").orElse("");
        String name = object.string("metadata", "name").orElseThrow();
        if (objects.findLatest(resource, namespace, name).isPresent()) {
            return;
        }
        try {
            objects.create(resource, object);
        } catch (ApiException e) {
            if (!e.reason().equals("AlreadyExists")) {
                throw e;
            }
        }
    }

    /** Creates an object, or gives it its spec back while it is marked to be kept. */
    private void keepSpec(GroupResource resource, ObjectValue object) {
        ensure(resource, object);
        objects.update(resource, "", object.string("metadata", "name").orElseThrow(), current -> {
            boolean kept = current.string("metadata", "annotations", KEEP_SPEC)
                    .orElse("")
                    .equals("true");
            if (kept && !Trees.same(current.at("spec"), object.at("spec"))) {
                Trees.keep(current, object, "spec");
                ObjectValue metadata = current.objectOrNew("metadata");
                metadata.put("generation", metadata.integer("generation").orElse(0L) + 1);
            }
            return current;
        });
    }
}
