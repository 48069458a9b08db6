package io.argosy.controllermanager.resourcequota;

import io.argosy.apimodel.meta.GroupResource;
import io.argosy.apimodel.quota.DeviceClasses;
import io.argosy.apimodel.quota.DeviceOwners;
import io.argosy.apimodel.tree.ObjectValue;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** DeviceClasses, claims and pods as this controller sees them. */
final class WatchedDeviceClasses implements DeviceClasses {

    private static final GroupResource CLASSES = new GroupResource("resource.k8s.io", "deviceclasses");
    private static final GroupResource CLAIMS = new GroupResource("resource.k8s.io", "resourceclaims");
    private static final GroupResource PODS = new GroupResource("", "pods");
    private static final String IMPLICIT = "deviceclass.resource.kubernetes.io/";

    private final Function<GroupResource, Optional<Source>> sources;

    WatchedDeviceClasses(Function<GroupResource, Optional<Source>> sources) {
        this.sources = sources;
    }

    private List<ObjectValue> list(GroupResource resource, String namespace) {
        return sources.apply(resource).map(source -> source.list(namespace)).orElse(List.of());
    }

    /** Whether what the answers depend on is known. */
    boolean hasSynced() {
        return sources.apply(CLASSES).map(Source::hasSynced).orElse(true);
    }

    @Override
    public Optional<String> extendedResource(String className) {
        return list(CLASSES, "").stream()
                .filter(deviceClass -> isNamed(deviceClass, className))
                .findFirst()
                .flatMap(deviceClass -> deviceClass.string("spec", "extendedResourceName"));
    }

    private static boolean isNamed(ObjectValue object, String name) {
        return object.string("metadata", "name").orElse("").equals(name);
    }

    @Override
    public boolean provides(String extendedResource) {
        return list(CLASSES, "").stream()
                .anyMatch(deviceClass -> extendedResource.startsWith(IMPLICIT)
                        ? isNamed(deviceClass, extendedResource.substring(IMPLICIT.length()))
                        : deviceClass
                                .string("spec", "extendedResourceName")
                                .orElse("")
                                .equals(extendedResource));
    }

    @Override
    public Optional<ObjectValue> owner(ObjectValue claim) {
        String namespace = claim.string("metadata", "namespace").orElse("");
        return DeviceOwners.podName(claim)
                .flatMap(name -> list(PODS, namespace).stream()
                        .filter(pod -> isNamed(pod, name))
                        .findFirst())
                .filter(pod -> DeviceOwners.isMadeFor(claim, pod, () -> list(CLAIMS, namespace)));
    }
}
