package io.argosy.apiserver.registry.warning;

import io.argosy.apiserver.registry.lifecycle.Validation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Adds warnings to the rules of kinds. */
public final class Warned {

    private static final Map<String, List<String>> TEMPLATES = Map.of(
            "podtemplates", List.of("template"),
            "replicationcontrollers", List.of("spec", "template"),
            "deployments.apps", List.of("spec", "template"),
            "replicasets.apps", List.of("spec", "template"),
            "daemonsets.apps", List.of("spec", "template"),
            "statefulsets.apps", List.of("spec", "template"),
            "jobs.batch", List.of("spec", "template"),
            "cronjobs.batch", List.of("spec", "jobTemplate", "spec", "template"));

    /** Kinds by whose names pods are named. */
    private static final Set<String> NAMING =
            Set.of("replicationcontrollers", "deployments.apps", "replicasets.apps", "jobs.batch", "cronjobs.batch");

    private Warned() {}

    /** @param rules by resource and group: those of kinds with templates of pods warn of them */
    public static Map<String, Validation> of(Map<String, Validation> rules) {
        Map<String, Validation> warned = new HashMap<>(rules);
        TEMPLATES.forEach((resource, path) -> warned.put(
                resource,
                new TemplateWarnings(rules.getOrDefault(resource, Validation.NONE), path, NAMING.contains(resource))));
        return warned;
    }
}
