package io.argosy.controllermanager.statefulset;

import io.argosy.client.request.ObjectJson;
import io.argosy.controllermanager.ownership.Owners;
import io.argosy.controllermanager.ownership.Selectors;
import io.argosy.controllermanager.pod.PodFactory;
import io.argosy.controllermanager.pod.Pods;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the numbered pods of a set and their claims, and reads the numbers. */
final class StatefulPods {

    static final String REVISION = "controller-revision-hash";
    private static final String NAME = "statefulset.kubernetes.io/pod-name";
    private static final String INDEX = "apps.kubernetes.io/pod-index";

    private StatefulPods() {}

    static Pod of(StatefulSet set, PodTemplateSpec template, int ordinal, String revision) {
        Pod pod = PodFactory.fromTemplate(template, set);
        pod.getMetadata().setGenerateName(null);
        pod.getMetadata().getLabels().put(REVISION, revision);
        identify(set, pod, ordinal);
        pod.getSpec().setHostname(pod.getMetadata().getName());
        pod.getSpec().setSubdomain(set.getSpec().getServiceName());
        List<Volume> volumes = new ArrayList<>(templates(set).stream()
                .map(claim -> claimVolume(set, claim, ordinal))
                .toList());
        if (pod.getSpec().getVolumes() != null) {
            pod.getSpec().getVolumes().stream()
                    .filter(volume -> volumes.stream()
                            .noneMatch(claimed -> claimed.getName().equals(volume.getName())))
                    .forEach(volumes::add);
        }
        pod.getSpec().setVolumes(volumes);
        return pod;
    }

    private static Volume claimVolume(StatefulSet set, PersistentVolumeClaim claim, int ordinal) {
        return new VolumeBuilder()
                .withName(claim.getMetadata().getName())
                .withNewPersistentVolumeClaim()
                .withClaimName(claimName(set, claim, ordinal))
                .endPersistentVolumeClaim()
                .build();
    }

    private static void identify(StatefulSet set, Pod pod, int ordinal) {
        String name = set.getMetadata().getName() + "-" + ordinal;
        pod.getMetadata().setName(name);
        Map<String, String> labels = new LinkedHashMap<>(Selectors.labels(pod));
        labels.put(NAME, name);
        labels.put(INDEX, Integer.toString(ordinal));
        pod.getMetadata().setLabels(labels);
    }

    /** The pod with the labels of its number; the same when it has them. */
    static Pod identified(StatefulSet set, Pod pod) {
        Pod copy = ObjectJson.copy(pod);
        identify(set, copy, ordinal(set, pod));
        return copy;
    }

    static boolean isIdentified(Pod pod) {
        return pod.getMetadata().getName().equals(Selectors.labels(pod).get(NAME))
                && Selectors.labels(pod).containsKey(INDEX);
    }

    static List<PersistentVolumeClaim> templates(StatefulSet set) {
        return set.getSpec().getVolumeClaimTemplates() == null
                ? List.of()
                : set.getSpec().getVolumeClaimTemplates();
    }

    private static String claimName(StatefulSet set, PersistentVolumeClaim claim, int ordinal) {
        return claim.getMetadata().getName() + "-" + set.getMetadata().getName() + "-" + ordinal;
    }

    /** The claims of one number, as they are made. */
    static List<PersistentVolumeClaim> claims(StatefulSet set, int ordinal) {
        return templates(set).stream()
                .map(template -> {
                    PersistentVolumeClaim claim = ObjectJson.copy(template);
                    Map<String, String> labels = new LinkedHashMap<>(Selectors.labels(template));
                    if (set.getSpec().getSelector().getMatchLabels() != null) {
                        labels.putAll(set.getSpec().getSelector().getMatchLabels());
                    }
                    claim.getMetadata().setName(claimName(set, template, ordinal));
                    claim.getMetadata().setNamespace(set.getMetadata().getNamespace());
                    claim.getMetadata().setLabels(labels);
                    claim.setStatus(null);
                    return claim;
                })
                .toList();
    }

    /** The number at the end of a pod's name; -1 when the pod is none of this set's. */
    static int ordinal(StatefulSet set, Pod pod) {
        String prefix = set.getMetadata().getName() + "-";
        String name = pod.getMetadata().getName();
        if (!name.startsWith(prefix) || !name.substring(prefix.length()).matches("\\d{1,9}")) {
            return -1;
        }
        return Integer.parseInt(name.substring(prefix.length()));
    }

    static String revision(Pod pod) {
        return Selectors.labels(pod).getOrDefault(REVISION, "");
    }

    static boolean isRunningAndReady(Pod pod) {
        return Pods.phase(pod).equals("Running") && Pods.isReady(pod);
    }

    static boolean isAvailable(StatefulSet set, Pod pod, Instant now) {
        Integer minReady = set.getSpec().getMinReadySeconds();
        return Pods.phase(pod).equals("Running") && Pods.isAvailable(pod, minReady == null ? 0 : minReady, now);
    }

    /** Present, not going away, and available. */
    static boolean isWell(StatefulSet set, Pod pod, Instant now) {
        return !Owners.isDeleting(pod) && isAvailable(set, pod, now);
    }
}
