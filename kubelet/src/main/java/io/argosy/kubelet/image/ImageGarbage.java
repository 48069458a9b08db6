package io.argosy.kubelet.image;

import io.argosy.daemon.clock.Clock;
import io.argosy.kubelet.cri.ContainerRuntime;
import io.argosy.kubelet.cri.RuntimeCallException;
import io.argosy.kubelet.cri.v1.Container;
import io.argosy.kubelet.cri.v1.ContainerFilter;
import io.argosy.kubelet.cri.v1.FilesystemUsage;
import io.argosy.kubelet.cri.v1.Image;
import io.argosy.kubelet.cri.v1.ImageSpec;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes images that no container uses, those unused the longest first, when their disk fills up or they grow old. */
public final class ImageGarbage {

    private static final Logger LOG = LoggerFactory.getLogger(ImageGarbage.class);
    private static final Duration PERIOD = Duration.ofMinutes(5);

    /**
     * When to remove.
     *
     * @param high percent of the disk above which images are removed
     * @param low percent down to which they are
     * @param leastAge an image that was first seen later stays
     * @param mostAge an image that was not used for so long goes; zero for never
     */
    public record Rules(int high, int low, Duration leastAge, Duration mostAge) {}

    private record Seen(Instant first, Instant used) {}

    /** An image that may go. */
    record Candidate(String id, long size, Instant used) {}

    private final ContainerRuntime runtime;
    private final Clock clock;
    private final Rules rules;
    private final Map<String, Seen> seen = new HashMap<>();

    public ImageGarbage(ContainerRuntime runtime, Clock clock, Rules rules) {
        this.runtime = runtime;
        this.clock = clock;
        this.rules = rules;
    }

    public void run() throws InterruptedException {
        while (true) {
            try {
                collect();
            } catch (RuntimeCallException e) {
                LOG.warn("images not collected error={}", e.describe());
            } catch (IOException e) {
                LOG.warn("images not collected error={}", e.getMessage());
            }
            clock.sleep(PERIOD);
        }
    }

    private void collect() throws IOException {
        List<Image> images = runtime.listImages();
        Instant now = clock.instant();
        List<Candidate> candidates = candidates(images, inUse(), now);
        if (rules.mostAge().isPositive()) {
            for (Candidate old : candidates) {
                if (Duration.between(old.used(), now).compareTo(rules.mostAge()) > 0) {
                    remove(old);
                }
            }
        }
        for (FilesystemUsage usage : runtime.imageFilesystems()) {
            Path mount = Path.of(usage.getFsId().getMountpoint());
            if (Files.exists(mount)) {
                FileStore store = Files.getFileStore(mount);
                for (Candidate one : chosen(candidates, excess(store.getTotalSpace(), store.getUsableSpace()))) {
                    remove(one);
                }
                return;
            }
        }
    }

    /** Bytes to free; 0 below the high mark. */
    long excess(long capacity, long available) {
        long used = capacity - available;
        if (capacity == 0 || used * 100 / capacity < rules.high()) {
            return 0;
        }
        return used - capacity * rules.low() / 100;
    }

    static List<Candidate> chosen(List<Candidate> candidates, long bytes) {
        List<Candidate> out = new ArrayList<>();
        long freed = 0;
        for (Candidate one : candidates.stream()
                .sorted(Comparator.comparing(Candidate::used))
                .toList()) {
            if (freed >= bytes) {
                break;
            }
            out.add(one);
            freed += one.size();
        }
        return out;
    }

    private Set<String> inUse() {
        Set<String> out = new HashSet<>();
        for (Container container : runtime.listContainers(ContainerFilter.getDefaultInstance())) {
            out.add(container.getImageRef());
            out.add(container.getImage().getImage());
            out.add(container.getImageId());
        }
        return out;
    }

    private List<Candidate> candidates(List<Image> images, Set<String> inUse, Instant now) {
        Set<String> ids = new HashSet<>();
        List<Candidate> out = new ArrayList<>();
        for (Image image : images) {
            ids.add(image.getId());
            boolean used = inUse.contains(image.getId())
                    || image.getRepoTagsList().stream().anyMatch(inUse::contains)
                    || image.getRepoDigestsList().stream().anyMatch(inUse::contains);
            Seen before = seen.get(image.getId());
            Instant first = before == null ? now : before.first();
            Seen after = new Seen(first, used || before == null ? now : before.used());
            seen.put(image.getId(), after);
            boolean young = Duration.between(first, now).compareTo(rules.leastAge()) < 0;
            if (!used && !young && !image.getPinned()) {
                out.add(new Candidate(image.getId(), image.getSize(), after.used()));
            }
        }
        seen.keySet().retainAll(ids);
        return out;
    }

    private void remove(Candidate image) {
        LOG.info("removing image id={} size={} unusedSince={}", image.id(), image.size(), image.used());
        runtime.removeImage(ImageSpec.newBuilder().setImage(image.id()).build());
        seen.remove(image.id());
    }
}
