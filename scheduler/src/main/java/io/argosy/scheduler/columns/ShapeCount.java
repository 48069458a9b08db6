package io.argosy.scheduler.columns;

import java.util.HashMap;
import java.util.Map;

/** On which slots how many pods of one shape are. */
public final class ShapeCount {

    private final PodShape shape;
    private final Map<Integer, Integer> bySlot = new HashMap<>();

    ShapeCount(PodShape shape) {
        this.shape = shape;
    }

    public PodShape shape() {
        return shape;
    }

    void change(int slot, int delta) {
        bySlot.merge(slot, delta, (before, by) -> before + by == 0 ? null : before + by);
    }

    boolean isEmpty() {
        return bySlot.isEmpty();
    }

    public int on(int slot) {
        return bySlot.getOrDefault(slot, 0);
    }

    /** Takes a slot and how many pods of the shape are there. */
    @FunctionalInterface
    public interface Visitor {
        void visit(int slot, int count);
    }

    /** Visits every slot that has such a pod, also of nodes that are not known. */
    public void forEach(Visitor visitor) {
        bySlot.forEach(visitor::visit);
    }
}
