package io.argosy.controllermanager.deployment;

import io.argosy.client.request.ObjectJson;
import io.argosy.controllermanager.ownership.Owners;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the ReplicaSet of a deployment's template. */
final class ReplicaSets {

    private ReplicaSets() {}

    static ReplicaSet of(Deployment deployment, int replicas) {
        int collisions = deployment.getStatus() == null
                ? 0
                : RolloutMath.number(deployment.getStatus().getCollisionCount());
        String hash = Revisions.hash(deployment.getSpec().getTemplate(), collisions);
        PodTemplateSpec template = ObjectJson.copy(deployment.getSpec().getTemplate());
        ObjectMeta templateMeta = template.getMetadata() == null ? new ObjectMeta() : template.getMetadata();
        templateMeta.setLabels(with(templateMeta.getLabels(), hash));
        template.setMetadata(templateMeta);
        LabelSelector selector = ObjectJson.copy(deployment.getSpec().getSelector());
        selector.setMatchLabels(with(selector.getMatchLabels(), hash));

        ReplicaSetSpec spec = new ReplicaSetSpec();
        spec.setReplicas(replicas);
        spec.setMinReadySeconds(RolloutMath.number(deployment.getSpec().getMinReadySeconds()));
        spec.setSelector(selector);
        spec.setTemplate(template);
        ObjectMeta metadata = new ObjectMeta();
        metadata.setNamespace(deployment.getMetadata().getNamespace());
        metadata.setName(deployment.getMetadata().getName() + "-" + hash);
        metadata.setLabels(new LinkedHashMap<>(templateMeta.getLabels()));
        metadata.setOwnerReferences(new ArrayList<>(List.of(Owners.controller(deployment))));
        ReplicaSet set = new ReplicaSet();
        set.setMetadata(metadata);
        set.setSpec(spec);
        return set;
    }

    private static Map<String, String> with(Map<String, String> labels, String hash) {
        Map<String, String> more = labels == null ? new LinkedHashMap<>() : new LinkedHashMap<>(labels);
        more.put(Revisions.HASH, hash);
        return more;
    }
}
