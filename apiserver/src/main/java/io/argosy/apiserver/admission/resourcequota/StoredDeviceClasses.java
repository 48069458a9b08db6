package io.argosy.apiserver.admission.resourcequota;

import io.argosy.apimodel.meta.GroupResource;
import io.argosy.apimodel.quota.DeviceClasses;
import io.argosy.apimodel.quota.DeviceOwners;
import io.argosy.apimodel.tree.ObjectValue;
import io.argosy.apiserver.objects.ClusterObjects;
import io.argosy.apiserver.objects.Resources;
import java.util.Optional;

/** The DeviceClasses, claims and pods of the cluster. */
final class StoredDeviceClasses implements DeviceClasses {

    private static final GroupResource CLASSES = new GroupResource("resource.k8s.io", "deviceclasses");
    private static final String IMPLICIT = "deviceclass.resource.kubernetes.io/";

    private final ClusterObjects objects;

    StoredDeviceClasses(ClusterObjects objects) {
        this.objects = objects;
    }

    @Override
    public Optional<String> extendedResource(String className) {
        return objects.find(CLASSES, "", className)
                .flatMap(deviceClass -> deviceClass.string("spec", "extendedResourceName"));
    }

    @Override
    public boolean provides(String extendedResource) {
        return extendedResource.startsWith(IMPLICIT)
                ? objects.find(CLASSES, "", extendedResource.substring(IMPLICIT.length()))
                        .isPresent()
                : objects.list(CLASSES, "").stream()
                        .flatMap(deviceClass -> deviceClass.string("spec", "extendedResourceName").stream())
                        .anyMatch(extendedResource::equals);
    }

    @Override
    public Optional<ObjectValue> owner(ObjectValue claim) {
        return DeviceOwners.podName(claim)
                .flatMap(name -> objects.find(
                        Resources.PODS, claim.string("metadata", "namespace").orElse(""), name))
                .filter(pod -> DeviceOwners.isMadeFor(
                        claim,
                        pod,
                        () -> objects.list(
                                Resources.RESOURCE_CLAIMS,
                                claim.string("metadata", "namespace").orElse(""))));
    }
}
