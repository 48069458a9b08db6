package io.argosy.apimodel.defaults;

import io.argosy.apimodel.tree.ObjectValue;
import java.util.Map;
import java.util.function.Consumer;

/** The rules that data cannot say, by the name of the type whose objects they change. */
final class TypeRules {

    private static final Map<String, Consumer<ObjectValue>> RULES = Map.ofEntries(
            Map.entry("io.k8s.api.core.v1.Container", ImageDefaults::fillContainer),
            Map.entry("io.k8s.api.core.v1.EphemeralContainer", ImageDefaults::fillContainer),
            Map.entry("io.k8s.api.core.v1.Volume", VolumeDefaults::fillVolume),
            Map.entry("io.k8s.api.core.v1.Pod", PodDefaults::fill),
            Map.entry("io.k8s.api.core.v1.PodSpec", PodDefaults::nameAccount),
            Map.entry("io.k8s.api.core.v1.Service", ServiceDefaults::fill),
            Map.entry("io.k8s.api.core.v1.ReplicationController", WorkloadDefaults::fillReplicationController),
            Map.entry("io.k8s.api.core.v1.Namespace", CoreDefaults::fillNamespace),
            Map.entry("io.k8s.api.core.v1.NodeStatus", CoreDefaults::fillNodeStatus),
            Map.entry("io.k8s.api.core.v1.LimitRangeItem", CoreDefaults::fillLimitRangeItem),
            Map.entry("io.k8s.api.apps.v1.StatefulSetSpec", WorkloadDefaults::fillStatefulSetSpec),
            Map.entry("io.k8s.api.batch.v1.Job", WorkloadDefaults::fillJob),
            Map.entry("io.k8s.api.autoscaling.v2.HorizontalPodAutoscaler", AutoscalerDefaults::fill),
            Map.entry("io.k8s.api.networking.v1.NetworkPolicy", PolicyDefaults::fillNetworkPolicy),
            Map.entry(
                    "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinition",
                    CustomResourceDefaults::fill));

    private TypeRules() {}

    static Consumer<ObjectValue> of(String typeName) {
        return RULES.getOrDefault(typeName, _ -> {});
    }

    static boolean has(String typeName) {
        return RULES.containsKey(typeName);
    }
}
