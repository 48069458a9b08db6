package io.argosy.apiserver.admission.serviceaccount;

import io.argosy.apimodel.tree.ArrayValue;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The Secrets that a pod refers to, each with the words in which a refusal names the place. */
record SecretReferences(List<Reference> references) {

    /** @param place {@code volume with}, {@code container c with envVar e referencing}, ... */
    record Reference(String place, String secret) {}

    /** References of volumes that are Secrets, and of init and app containers. */
    static SecretReferences ofPod(ObjectValue pod) {
        List<Reference> found = new ArrayList<>();
        objects(pod, "volumes")
                .forEach(volume -> volume.string("secret", "secretName")
                        .ifPresent(secret -> found.add(new Reference("volume with", secret))));
        collect(pod, "initContainers", "init container", found);
        collect(pod, "containers", "container", found);
        return new SecretReferences(List.copyOf(found));
    }

    static SecretReferences ofEphemeralContainers(ObjectValue pod) {
        List<Reference> found = new ArrayList<>();
        collect(pod, "ephemeralContainers", "ephemeral container", found);
        return new SecretReferences(List.copyOf(found));
    }

    private static Stream<ObjectValue> objects(ObjectValue pod, String list) {
        return pod.array("spec", list).stream().flatMap(ArrayValue::objects);
    }

    private static void collect(ObjectValue pod, String list, String kind, List<Reference> found) {
        objects(pod, list).forEach(container -> {
            String place = kind + " " + container.string("name").orElse("") + " with ";
            container.array("env").stream()
                    .flatMap(ArrayValue::objects)
                    .forEach(variable -> variable.string("valueFrom", "secretKeyRef", "name")
                            .ifPresent(secret -> found.add(new Reference(
                                    place + "envVar " + variable.string("name").orElse("") + " referencing", secret))));
            container.array("envFrom").stream()
                    .flatMap(ArrayValue::objects)
                    .forEach(source -> source.string("secretRef", "name")
                            .ifPresent(secret -> found.add(new Reference(place + "envFrom referencing", secret))));
        });
    }

    /** The first reference that the ServiceAccount does not list, in the words of the refusal. */
    Optional<String> refusal(ObjectValue account) {
        List<String> listed = account.array("secrets").stream()
                .flatMap(ArrayValue::objects)
                .flatMap(secret -> secret.string("name").stream())
                .toList();
        return references.stream()
                .filter(reference -> !listed.contains(reference.secret()))
                .findFirst()
                .map(reference -> reference.place() + " secret.secretName=\"" + reference.secret()
                        + "\" is not allowed because service account "
                        + account.string("metadata", "name").orElse("") + " does not reference that secret");
    }

    /** Whether a pod refers to any Secret at all, volumes of every kind and pull secrets included. */
    static boolean any(ObjectValue pod) {
        return !ofPod(pod).references().isEmpty()
                || !ofEphemeralContainers(pod).references().isEmpty()
                || objects(pod, "imagePullSecrets").findAny().isPresent()
                || objects(pod, "volumes").anyMatch(SecretReferences::volumeNamesSecret);
    }

    private static boolean volumeNamesSecret(ObjectValue volume) {
        return volume.fields().values().stream()
                .anyMatch(source -> source instanceof ObjectValue object
                        && (object.has("secretRef")
                                || object.has("secretName")
                                || object.has("nodePublishSecretRef")
                                || object.array("sources").stream()
                                        .flatMap(ArrayValue::objects)
                                        .anyMatch(projected -> projected.has("secret"))));
    }
}
