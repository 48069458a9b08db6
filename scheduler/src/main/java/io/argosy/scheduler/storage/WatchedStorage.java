package io.argosy.scheduler.storage;

import io.argosy.apimodel.meta.ObjectKey;
import io.argosy.client.informer.Informer;
import io.argosy.client.informer.ResourceHandler;
import io.argosy.client.informer.SharedInformerFactory;
import io.argosy.scheduler.columns.Selectors;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.storage.CSINode;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.api.model.storage.VolumeAttachment;
import io.fabric8.kubernetes.api.model.storage.VolumeNodeResources;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Storage as informers know it. */
public final class WatchedStorage implements StorageView {

    private static final String BY_NODE = "node";

    private final Informer<PersistentVolumeClaim> claims;
    private final Informer<PersistentVolume> volumes;
    private final Informer<StorageClass> classes;
    private final Informer<CSINode> nodes;
    private final Informer<VolumeAttachment> attachments;

    public WatchedStorage(SharedInformerFactory informers) {
        claims = informers.informer(PersistentVolumeClaim.class);
        volumes = informers.informer(PersistentVolume.class);
        classes = informers.informer(StorageClass.class);
        nodes = informers.informer(CSINode.class);
        attachments = informers.informer(VolumeAttachment.class);
        attachments.addIndex(BY_NODE, attachment -> List.of(attachment.getSpec().getNodeName()));
    }

    /** Calls after every change. */
    public void onChange(Runnable action) {
        claims.addHandler(ResourceHandler.any(_ -> action.run()));
        volumes.addHandler(ResourceHandler.any(_ -> action.run()));
        classes.addHandler(ResourceHandler.any(_ -> action.run()));
        nodes.addHandler(ResourceHandler.any(_ -> action.run()));
        attachments.addHandler(ResourceHandler.any(_ -> action.run()));
    }

    @Override
    public Optional<PersistentVolumeClaim> claim(ObjectKey key) {
        return claims.get(key);
    }

    @Override
    public Optional<PersistentVolume> volume(String name) {
        return volumes.get(new ObjectKey("", name));
    }

    @Override
    public List<PersistentVolume> volumes() {
        return volumes.list();
    }

    @Override
    public Optional<StorageClass> storageClass(String name) {
        return classes.get(new ObjectKey("", name));
    }

    @Override
    public Map<String, Integer> volumeLimits(String node) {
        Map<String, Integer> limits = new HashMap<>();
        nodes.get(new ObjectKey("", node))
                .map(found -> Selectors.orEmpty(found.getSpec().getDrivers()))
                .orElse(List.of())
                .forEach(driver -> {
                    VolumeNodeResources allocatable = driver.getAllocatable();
                    if (allocatable != null && allocatable.getCount() != null) {
                        limits.put(driver.getName(), allocatable.getCount());
                    }
                });
        return limits;
    }

    @Override
    public List<String> attached(String node) {
        return attachments.byIndex(BY_NODE, node).stream()
                .map(attachment -> attachment.getSpec().getSource().getPersistentVolumeName())
                .filter(Objects::nonNull)
                .toList();
    }
}
