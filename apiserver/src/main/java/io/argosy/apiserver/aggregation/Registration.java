package io.argosy.apiserver.aggregation;

import io.argosy.apimodel.definition.Definitions;
import io.argosy.apimodel.definition.GroupDefinition;
import io.argosy.apimodel.definition.ResourceDefinition;
import io.argosy.apimodel.definition.VersionDefinition;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Decides which APIServices this server keeps for what it answers itself. */
final class Registration {

    static final String LABEL = "kube-aggregator.kubernetes.io/automanaged";

    private static final String ON_START = "onstart";
    private static final String ALWAYS = "true";
    private static final String OWN_GROUP = "apiregistration.k8s.io";
    private static final int CUSTOM_GROUP_PRIORITY = 1000;
    private static final int CUSTOM_VERSION_PRIORITY = 100;

    private Registration() {}

    sealed interface Action {
        record Create(ObjectValue object) implements Action {}

        record Replace(String name, ObjectValue spec) implements Action {}

        record Delete(String name, String uid) implements Action {}
    }

    /**
     * What is to be done so that the APIServices fit what is served.
     *
     * @param atStart built-in groups are seen to at the start only
     */
    static List<Action> actions(
            Definitions served, Collection<GroupDefinition> builtIn, List<ObjectValue> present, boolean atStart) {
        Map<String, ObjectValue> known = new HashMap<>();
        present.forEach(object -> known.put(object.string("metadata", "name").orElse(""), object));
        Map<String, ObjectValue> wanted = wanted(served, builtIn);
        List<Action> actions = new ArrayList<>();
        wanted.forEach((name, object) -> {
            boolean onStart = label(object).equals(ON_START);
            if (!onStart || atStart) {
                ensure(name, object, Optional.ofNullable(known.get(name))).ifPresent(actions::add);
            }
        });
        known.forEach((name, object) -> {
            boolean unwanted = !wanted.containsKey(name) && !label(object).isEmpty();
            if (unwanted && (atStart || label(object).equals(ALWAYS))) {
                actions.add(
                        new Action.Delete(name, object.string("metadata", "uid").orElse("")));
            }
        });
        return actions;
    }

    private static Optional<Action> ensure(String name, ObjectValue wanted, Optional<ObjectValue> present) {
        if (present.isEmpty()) {
            return Optional.of(new Action.Create(wanted));
        }
        ObjectValue spec = wanted.object("spec").orElseThrow();
        boolean managed = !label(present.get()).isEmpty();
        return managed && !present.get().at("spec").equals(Optional.of(spec))
                ? Optional.of(new Action.Replace(name, spec))
                : Optional.empty();
    }

    private static String label(ObjectValue object) {
        return object.string("metadata", "labels", LABEL).orElse("");
    }

    private static Map<String, ObjectValue> wanted(Definitions served, Collection<GroupDefinition> builtIn) {
        Map<String, GroupDefinition> groups = new HashMap<>();
        builtIn.forEach(group -> groups.put(group.name(), group));
        Map<String, ObjectValue> wanted = new TreeMap<>();
        for (ResourceDefinition resource : served.all()) {
            if (resource.group().equals(OWN_GROUP)) {
                continue;
            }
            for (VersionDefinition version : resource.versions()) {
                String name = version.name() + "." + resource.group();
                if (version.served()) {
                    wanted.putIfAbsent(name, object(name, resource, version.name(), groups));
                }
            }
        }
        return wanted;
    }

    private static ObjectValue object(
            String name, ResourceDefinition resource, String version, Map<String, GroupDefinition> groups) {
        Optional<GroupDefinition> group =
                resource.builtIn() ? Optional.ofNullable(groups.get(resource.group())) : Optional.empty();
        int versionPriority = group.stream()
                .flatMap(known -> known.versions().stream())
                .filter(each -> each.name().equals(version))
                .map(GroupDefinition.Version::priority)
                .findFirst()
                .orElse(CUSTOM_VERSION_PRIORITY);
        ObjectValue spec = new ObjectValue();
        if (!resource.group().isEmpty()) {
            spec.put("group", resource.group());
        }
        spec.put("groupPriorityMinimum", group.map(GroupDefinition::priority).orElse(CUSTOM_GROUP_PRIORITY))
                .put("version", version)
                .put("versionPriority", versionPriority);
        ObjectValue labels = new ObjectValue().put(LABEL, resource.builtIn() ? ON_START : ALWAYS);
        return new ObjectValue()
                .put("apiVersion", OWN_GROUP + "/v1")
                .put("kind", "APIService")
                .put("metadata", new ObjectValue().put("name", name).put("labels", labels))
                .put("spec", spec);
    }
}
