package io.argosy.scheduler.columns;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Nodes and the pods on them. A node has a slot, a number that stays its own while it or pods of it are known; amounts
 * are columns by resource, then slot. Pods of a node that is not known (yet) wait on its slot. Everything changes in
 * place at the cost of the change. One owner thread, and nobody else reads.
 */
public final class ClusterState {

    private final ResourceIds resources;
    private final Map<String, Integer> slots = new HashMap<>();
    private final List<Integer> free = new ArrayList<>();
    private final List<Optional<NodeFacts>> facts = new ArrayList<>();
    private final List<List<PodInfo>> pods = new ArrayList<>();
    private final Map<PodShape, ShapeCount> shapes = new HashMap<>();
    private final Map<PodShape, ShapeCount> shapesWithTerms = new HashMap<>();
    private final Map<String, Map<PodShape, ShapeCount>> shapesByNamespace = new HashMap<>();
    private final Map<String, Integer> nodesWithImage = new HashMap<>();
    private long[][] allocatable = new long[3][0];
    private long[][] requested = new long[3][0];
    private long[] scoredCpu = {};
    private long[] scoredMemory = {};
    private int[] maxPods = {};
    private int[] live = {};
    private int nodes;

    public ClusterState(ResourceIds resources) {
        this.resources = resources;
    }

    public ResourceIds resources() {
        return resources;
    }

    /** How many nodes there are. */
    public int size() {
        return nodes;
    }

    /** The slot of the node at a place, counted from 0 to {@link #size}. */
    public int at(int place) {
        return live[place];
    }

    /** The slot of a known node, or -1. */
    public int slotOf(String node) {
        Integer slot = slots.get(node);
        return slot == null || facts.get(slot).isEmpty() ? -1 : slot;
    }

    /** Whether a slot is that of a known node. */
    public boolean isNode(int slot) {
        return facts.get(slot).isPresent();
    }

    public NodeFacts facts(int slot) {
        return facts.get(slot).orElseThrow();
    }

    public String name(int slot) {
        return facts(slot).name();
    }

    public long allocatable(int resource, int slot) {
        return resource < allocatable.length ? allocatable[resource][slot] : 0;
    }

    public long requested(int resource, int slot) {
        return resource < requested.length ? requested[resource][slot] : 0;
    }

    public long scoredCpu(int slot) {
        return scoredCpu[slot];
    }

    public long scoredMemory(int slot) {
        return scoredMemory[slot];
    }

    public int maxPods(int slot) {
        return maxPods[slot];
    }

    /** The pods of a node; a view. */
    public List<PodInfo> pods(int slot) {
        return pods.get(slot);
    }

    /** On how many nodes an image is. */
    public int nodesWithImage(String name) {
        return nodesWithImage.getOrDefault(name, 0);
    }

    public Collection<ShapeCount> shapes() {
        return shapes.values();
    }

    public Collection<ShapeCount> shapesIn(String namespace) {
        return shapesByNamespace.getOrDefault(namespace, Map.of()).values();
    }

    /** The shapes that want something of pods near them. */
    public Collection<ShapeCount> shapesWithTerms() {
        return shapesWithTerms.values();
    }

    /** Adds or replaces a node and returns its slot. */
    public int putNode(Node node) {
        NodeFacts now = NodeFacts.of(node);
        int slot = slot(now.name());
        Optional<NodeFacts> before = facts.get(slot);
        if (before.isEmpty()) {
            live = Arrays.copyOf(live, nodes + 1);
            live[nodes++] = slot;
        } else {
            countImages(before.get(), -1);
        }
        facts.set(slot, Optional.of(now));
        countImages(now, 1);
        setAllocatable(slot, node);
        return slot;
    }

    private void countImages(NodeFacts node, int delta) {
        for (String image : node.images().keySet()) {
            nodesWithImage.merge(image, delta, (before, by) -> before + by == 0 ? null : before + by);
        }
    }

    private void setAllocatable(int slot, Node node) {
        Map<String, Quantity> given = node.getStatus() == null
                ? Map.of()
                : Selectors.orEmpty(node.getStatus().getAllocatable());
        long[] amounts = Amounts.of(given, resources);
        growResources();
        for (int resource = 0; resource < allocatable.length; resource++) {
            allocatable[resource][slot] = resource < amounts.length ? amounts[resource] : 0;
        }
        Quantity most = given.get("pods");
        maxPods[slot] = most == null ? 0 : (int) Math.min(Integer.MAX_VALUE, Amounts.amount(most, ResourceIds.MEMORY));
    }

    /** Forgets a node; pods that are still on it are kept until they go. */
    public void removeNode(String name) {
        Integer slot = slots.get(name);
        if (slot == null || facts.get(slot).isEmpty()) {
            return;
        }
        countImages(facts.get(slot).get(), -1);
        facts.set(slot, Optional.empty());
        for (int place = 0; place < nodes; place++) {
            if (live[place] == slot) {
                System.arraycopy(live, place + 1, live, place, nodes - place - 1);
                nodes--;
                break;
            }
        }
        freeIfUnused(name, slot);
    }

    /** Puts a pod on a node, which need not be known. */
    public void addPod(PodInfo pod, String node) {
        addPod(pod, slot(node));
    }

    public void addPod(PodInfo pod, int slot) {
        pods.get(slot).add(pod);
        account(pod, slot, 1);
    }

    /** Takes the pod with this identity from a node; tells whether it was there. */
    public boolean removePod(PodInfo pod, String node) {
        Integer slot = slots.get(node);
        if (slot == null || !removePod(pod, slot)) {
            return false;
        }
        freeIfUnused(node, slot);
        return true;
    }

    /** As above, and the slot stays. */
    public boolean removePod(PodInfo pod, int slot) {
        List<PodInfo> there = pods.get(slot);
        for (int i = 0; i < there.size(); i++) {
            PodInfo known = there.get(i);
            if (known.uid().equals(pod.uid())) {
                there.set(i, there.getLast());
                there.removeLast();
                account(known, slot, -1);
                return true;
            }
        }
        return false;
    }

    private void account(PodInfo pod, int slot, int sign) {
        growResources();
        long[] amounts = pod.requests();
        for (int resource = 0; resource < amounts.length; resource++) {
            requested[resource][slot] += sign * amounts[resource];
        }
        scoredCpu[slot] += sign * pod.scoredCpu();
        scoredMemory[slot] += sign * pod.scoredMemory();
        count(pod.shape(), slot, sign);
    }

    private void count(PodShape shape, int slot, int delta) {
        ShapeCount count = shapes.get(shape);
        if (count == null) {
            count = new ShapeCount(shape);
            shapes.put(shape, count);
            shapesByNamespace
                    .computeIfAbsent(shape.namespace(), namespace -> new HashMap<>())
                    .put(shape, count);
            if (!shape.terms().isEmpty()) {
                shapesWithTerms.put(shape, count);
            }
        }
        count.change(slot, delta);
        if (count.isEmpty()) {
            shapes.remove(shape);
            shapesWithTerms.remove(shape);
            Map<PodShape, ShapeCount> there = shapesByNamespace.getOrDefault(shape.namespace(), Map.of());
            there.remove(shape);
            if (there.isEmpty()) {
                shapesByNamespace.remove(shape.namespace());
            }
        }
    }

    private int slot(String node) {
        Integer known = slots.get(node);
        if (known != null) {
            return known;
        }
        int slot = free.isEmpty() ? newSlot() : free.removeLast();
        slots.put(node, slot);
        return slot;
    }

    private int newSlot() {
        int slot = facts.size();
        facts.add(Optional.empty());
        pods.add(new ArrayList<>());
        if (slot >= maxPods.length) {
            growSlots(Math.max(16, slot * 2));
        }
        return slot;
    }

    private void freeIfUnused(String name, int slot) {
        if (facts.get(slot).isEmpty() && pods.get(slot).isEmpty()) {
            slots.remove(name);
            free.add(slot);
        }
    }

    private void growSlots(int length) {
        for (int resource = 0; resource < allocatable.length; resource++) {
            allocatable[resource] = Arrays.copyOf(allocatable[resource], length);
            requested[resource] = Arrays.copyOf(requested[resource], length);
        }
        scoredCpu = Arrays.copyOf(scoredCpu, length);
        scoredMemory = Arrays.copyOf(scoredMemory, length);
        maxPods = Arrays.copyOf(maxPods, length);
    }

    private void growResources() {
        int known = allocatable.length;
        if (known >= resources.size()) {
            return;
        }
        allocatable = Arrays.copyOf(allocatable, resources.size());
        requested = Arrays.copyOf(requested, resources.size());
        for (int resource = known; resource < allocatable.length; resource++) {
            allocatable[resource] = new long[maxPods.length];
            requested[resource] = new long[maxPods.length];
        }
    }
}
