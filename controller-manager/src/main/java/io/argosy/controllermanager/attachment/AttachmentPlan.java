package io.argosy.controllermanager.attachment;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is to be done about one node's attachments. Pure.
 *
 * @param attach to make
 * @param blocked wanted here, but another node has them alone
 * @param detach to remove
 * @param shown the unique names that the node's status shall list, sorted
 * @param recheck when a detachment that waits has waited long enough
 */
record AttachmentPlan(
        List<Attachable> attach,
        List<Attachable> blocked,
        List<Attachable> detach,
        Set<String> shown,
        Optional<Duration> recheck) {

    /** How long a node that is not ready may keep what no pod uses. */
    static final Duration PATIENCE = Duration.ofMinutes(6);

    AttachmentPlan {
        attach = List.copyOf(attach);
        blocked = List.copyOf(blocked);
        detach = List.copyOf(detach);
        shown = Set.copyOf(shown);
    }

    /** An attachment that exists. */
    record Existing(Attachable volume, boolean attached, boolean ending) {}

    /**
     * A node.
     *
     * @param inUse unique names that its kubelet has mounted
     * @param outOfService whether somebody vouches that it does not run
     */
    record View(boolean ready, boolean outOfService, Set<String> inUse) {
        View {
            inUse = Set.copyOf(inUse);
        }
    }

    /**
     * Decides.
     *
     * @param wanted what the node's pods use
     * @param existing the node's attachments
     * @param elsewhere volumes that other nodes have or are about to have
     * @param unusedSince since when what is attached is not wanted
     */
    static AttachmentPlan of(
            List<Attachable> wanted,
            List<Existing> existing,
            Set<String> elsewhere,
            View node,
            Map<String, Instant> unusedSince,
            Instant now) {
        List<Attachable> attach = new ArrayList<>();
        List<Attachable> blocked = new ArrayList<>();
        Set<String> here = new TreeSet<>();
        existing.forEach(each -> here.add(each.volume().volume()));
        for (Attachable volume : wanted) {
            if (!here.contains(volume.volume())) {
                boolean taken = !volume.shared() && elsewhere.contains(volume.volume());
                (taken ? blocked : attach).add(volume);
            }
        }
        Set<String> used = new TreeSet<>();
        wanted.forEach(each -> used.add(each.volume()));
        List<Attachable> detach = new ArrayList<>();
        Set<String> shown = new TreeSet<>();
        Optional<Duration> recheck = Optional.empty();
        for (Existing each : existing) {
            Attachable volume = each.volume();
            if (each.ending()) {
                continue;
            }
            if (used.contains(volume.volume())) {
                if (each.attached()) {
                    shown.add(volume.uniqueName());
                }
                continue;
            }
            Duration waited = Duration.between(unusedSince.getOrDefault(volume.volume(), now), now);
            boolean forced = !node.ready() && waited.compareTo(PATIENCE) > 0;
            if (!node.inUse().contains(volume.uniqueName()) || node.outOfService() || forced) {
                detach.add(volume);
            } else {
                if (each.attached()) {
                    shown.add(volume.uniqueName());
                }
                recheck = Optional.of(PATIENCE.minus(waited).plusSeconds(1));
            }
        }
        return new AttachmentPlan(attach, blocked, detach, shown, recheck.filter(Duration::isPositive));
    }
}
