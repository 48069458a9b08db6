package io.argosy.scheduler.plugin.imagelocality;

import io.argosy.scheduler.columns.ClusterState;
import io.argosy.scheduler.columns.PodInfo;
import io.argosy.scheduler.columns.Selectors;
import io.argosy.scheduler.framework.ClusterEvent;
import io.argosy.scheduler.framework.NodeScorer;
import io.argosy.scheduler.framework.ScorePlugin;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Prefers nodes that have much of the pod's images; an image that few nodes have counts less. */
public final class ImageLocality implements ScorePlugin {

    public static final String NAME = "ImageLocality";

    private static final long MEGABYTE = 1024 * 1024;
    private static final long LEAST = 23 * MEGABYTE;
    private static final long MOST_OF_ONE = 1000 * MEGABYTE;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<NodeScorer> prepareScore(PodInfo pod, ClusterState cluster, int[] slots) {
        PodSpec spec = pod.pod().getSpec();
        List<String> images = new ArrayList<>();
        Selectors.orEmpty(spec.getInitContainers()).forEach(each -> images.add(normalized(each.getImage())));
        Selectors.orEmpty(spec.getContainers()).forEach(each -> images.add(normalized(each.getImage())));
        long most = MOST_OF_ONE * images.size();
        Selectors.orEmpty(spec.getVolumes()).forEach(volume -> {
            if (volume.getImage() != null) {
                images.add(normalized(volume.getImage().getReference()));
            }
        });
        images.removeIf(image -> cluster.nodesWithImage(image) == 0);
        if (images.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(slot -> {
            long sum = 0;
            Map<String, Long> there = cluster.facts(slot).images();
            for (String image : images) {
                Long size = there.get(image);
                if (size != null) {
                    sum += (long) (size * ((double) cluster.nodesWithImage(image) / cluster.size()));
                }
            }
            return NodeScorer.MAX * (Math.clamp(sum, LEAST, Math.max(LEAST, most)) - LEAST) / (most - LEAST);
        });
    }

    /** With a tag, as nodes name images. */
    static String normalized(@org.jspecify.annotations.Nullable String image) {
        String name = image == null ? "" : image;
        return name.lastIndexOf(':') <= name.lastIndexOf('/') ? name + ":latest" : name;
    }

    @Override
    public boolean mayHelp(ClusterEvent event, PodInfo waiting) {
        return false;
    }
}
