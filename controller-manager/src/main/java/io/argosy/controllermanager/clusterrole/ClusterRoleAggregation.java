package io.argosy.controllermanager.clusterrole;

import io.argosy.apimodel.meta.LabelSelector;
import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.client.informer.Informer;
import io.argosy.client.informer.ResourceHandler;
import io.argosy.client.request.ObjectJson;
import io.argosy.client.request.ResourceType;
import io.argosy.controllermanager.loop.Controller;
import io.argosy.controllermanager.loop.ControllerContext;
import io.argosy.controllermanager.loop.Outcome;
import io.argosy.controllermanager.loop.ReconcileLoop;
import io.argosy.controllermanager.ownership.Selectors;
import io.argosy.daemon.lifecycle.TaskScope;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Gives roles with an aggregation rule the rules of all roles that it selects. */
public final class ClusterRoleAggregation implements Controller {

    private final ControllerContext context;
    private final Informer<ClusterRole> roles;
    private final ReconcileLoop<ObjectKey> loop;

    public ClusterRoleAggregation(ControllerContext context) {
        this.context = context;
        roles = context.informers().informer(ClusterRole.class);
        loop = context.loop("ClusterRoleAggregator", 5, this::reconcile);
        roles.addHandler(ResourceHandler.any(changed -> roles.list().stream()
                .filter(role -> role.getAggregationRule() != null)
                .forEach(role -> loop.add(ResourceType.keyOf(role)))));
    }

    private Outcome reconcile(ObjectKey key) {
        Optional<ClusterRole> found = roles.get(key);
        if (found.isEmpty() || found.get().getAggregationRule() == null) {
            return Outcome.DONE;
        }
        ClusterRole role = found.get();
        List<LabelSelector> selectors = role.getAggregationRule().getClusterRoleSelectors() == null
                ? List.of()
                : role.getAggregationRule().getClusterRoleSelectors().stream()
                        .map(Selectors::of)
                        .toList();
        Set<PolicyRule> rules = new LinkedHashSet<>();
        for (LabelSelector selector : selectors) {
            roles.list().stream()
                    .filter(other -> !other.getMetadata().getName().equals(key.name()))
                    .filter(other -> Selectors.matches(selector, other))
                    .sorted(Comparator.comparing(other -> other.getMetadata().getName()))
                    .forEach(other -> rules.addAll(other.getRules() == null ? List.of() : other.getRules()));
        }
        List<PolicyRule> wanted = new ArrayList<>(rules);
        if (!wanted.equals(role.getRules() == null ? List.of() : role.getRules())) {
            ClusterRole next = ObjectJson.copy(role);
            next.setRules(wanted);
            context.client().resource(ClusterRole.class).update(next);
        }
        return Outcome.DONE;
    }

    @Override
    public void start(TaskScope tasks) {
        loop.start(tasks);
    }
}
