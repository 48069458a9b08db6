package io.argosy.kubelet.resize;

import io.argosy.client.request.ObjectJson;
import io.argosy.kubelet.pod.ObservedPod;
import io.argosy.kubelet.pod.PodView;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * What each pod of this node was granted, and what of it its containers have. Kept in a file of the pod's directory, so
 * that a kubelet that starts anew finishes what its predecessor began. Safe for any thread.
 */
public final class Allocations {

    private static final Logger LOG = LoggerFactory.getLogger(Allocations.class);
    private static final String FILE = "resources.json";

    /** The file's form. */
    record Granted(Map<String, ResourceRequirements> allocated, Map<String, ResourceRequirements> actuated) {}

    private final Function<String, Path> directory;
    private final ResizeVerdict.Room room;
    private final Map<String, Granted> granted = new HashMap<>();
    private final Map<String, Pod> latest = new HashMap<>();

    /** @param directory the directory of a pod by its uid */
    public Allocations(Function<String, Path> directory, ResizeVerdict.Room room) {
        this.directory = directory;
        this.room = room;
    }

    /** The pod with the resources that it was granted; a pod that is new here is granted what it asks for. */
    public synchronized Pod granted(Pod pod) {
        Granted has = known(pod);
        latest.put(PodView.uid(pod), pod);
        return applied(pod, has);
    }

    /** As {@link #granted}, of a pod that may have ended meanwhile: it is then as it asks. Keeps nothing. */
    public synchronized Pod grantedIfKnown(Pod pod) {
        Granted has = granted.get(PodView.uid(pod));
        return has == null ? pod : applied(pod, has);
    }

    private static Pod applied(Pod pod, Granted has) {
        Map<String, ResourceRequirements> wanted = Resources.required(pod);
        boolean same = wanted.entrySet().stream()
                .allMatch(e -> e.getValue().equals(has.allocated().getOrDefault(e.getKey(), e.getValue())));
        return same
                ? pod
                : Resources.replaced(pod, (name, own) -> has.allocated().getOrDefault(name, own));
    }

    /** Grants what the pod asks for now, if there is room among all the others. */
    public synchronized ResizeVerdict grant(Pod pod) {
        Granted has = known(pod);
        List<Pod> others = latest.entrySet().stream()
                .filter(e -> !e.getKey().equals(PodView.uid(pod)))
                .map(e -> applied(e.getValue(), known(e.getValue())))
                .toList();
        ResizeVerdict verdict = ResizeVerdict.of(pod, applied(pod, has), others, room);
        if (verdict instanceof ResizeVerdict.Granted) {
            save(PodView.uid(pod), new Granted(Resources.required(pod), has.actuated()));
        }
        return verdict;
    }

    /** What is left to do; {@code pod} as granted. */
    public synchronized ResizePlan plan(Pod pod, ObservedPod observed) {
        return ResizePlan.of(pod, observed, known(pod).actuated());
    }

    /** The pod with the larger of what it was granted and what its containers have: what its group must allow. */
    public synchronized Pod widest(Pod pod) {
        Map<String, ResourceRequirements> actuated = known(pod).actuated();
        return Resources.replaced(pod, (name, own) -> Resources.widest(own, actuated.getOrDefault(name, own)));
    }

    /** A container has, or is about to have, the resources that it names. */
    public synchronized void actuated(Pod pod, Container container) {
        actuated(pod, container.getName(), Resources.of(container));
    }

    /** The pod's group has the resources of the pod as a whole. */
    public synchronized void actuatedPod(Pod pod) {
        if (pod.getSpec().getResources() != null) {
            actuated(pod, Resources.POD, pod.getSpec().getResources());
        }
    }

    private void actuated(Pod pod, String name, ResourceRequirements resources) {
        Granted has = known(pod);
        if (has.allocated().containsKey(name)
                && !resources.equals(has.actuated().get(name))) {
            Map<String, ResourceRequirements> next = new LinkedHashMap<>(has.actuated());
            next.put(name, resources);
            save(PodView.uid(pod), new Granted(has.allocated(), next));
        }
    }

    /** The pod no longer has anything. */
    public synchronized void forget(String uid) {
        granted.remove(uid);
        latest.remove(uid);
    }

    private Granted known(Pod pod) {
        String uid = PodView.uid(pod);
        Granted has = granted.get(uid);
        if (has == null) {
            has = load(uid);
        }
        if (has == null) {
            Map<String, ResourceRequirements> all = Resources.required(pod);
            has = new Granted(all, all);
            save(uid, has);
        }
        granted.put(uid, has);
        return has;
    }

    private @Nullable Granted load(String uid) {
        Path file = directory.apply(uid).resolve(FILE);
        try {
            return ObjectJson.read(Files.readAllBytes(file), Granted.class);
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException | JacksonException e) {
            LOG.warn("cannot read what a pod was granted, taking what it asks for file={}", file, e);
            return null;
        }
    }

    private void save(String uid, Granted has) {
        granted.put(uid, has);
        Path home = directory.apply(uid);
        try {
            Files.createDirectories(home);
            Path fresh = home.resolve(FILE + ".new");
            Files.write(fresh, ObjectJson.write(has));
            Files.move(fresh, home.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOG.warn("cannot keep what a pod was granted directory={}", home, e);
        }
    }
}
