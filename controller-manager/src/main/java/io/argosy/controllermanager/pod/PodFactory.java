package io.argosy.controllermanager.pod;

import io.argosy.client.request.ObjectJson;
import io.argosy.controllermanager.ownership.Owners;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** Makes pods from templates. */
public final class PodFactory {

    private PodFactory() {}

    /** A pod of the owner's namespace with a name that the server completes. */
    public static Pod fromTemplate(PodTemplateSpec template, HasMetadata owner) {
        ObjectMeta metadata = new ObjectMeta();
        ObjectMeta from = template.getMetadata() == null ? new ObjectMeta() : template.getMetadata();
        metadata.setNamespace(owner.getMetadata().getNamespace());
        metadata.setGenerateName(prefix(owner.getMetadata().getName()));
        metadata.setLabels(from.getLabels() == null ? new LinkedHashMap<>() : new LinkedHashMap<>(from.getLabels()));
        metadata.setAnnotations(
                from.getAnnotations() == null ? new LinkedHashMap<>() : new LinkedHashMap<>(from.getAnnotations()));
        metadata.setFinalizers(
                from.getFinalizers() == null ? new ArrayList<>() : new ArrayList<>(from.getFinalizers()));
        metadata.setOwnerReferences(new ArrayList<>(List.of(Owners.controller(owner))));
        Pod pod = new Pod();
        pod.setMetadata(metadata);
        pod.setSpec(template.getSpec() == null ? new PodSpec() : ObjectJson.copy(template.getSpec()));
        return pod;
    }

    /** {@code name-}, or the name alone where that would be too long for a generated name. */
    private static String prefix(String name) {
        return name.length() + 1 > 253 ? name : name + "-";
    }
}
