package io.argosy.scheduler.columns;

/** A taint of a node; empty strings for what it does not have. */
public record Taint(String key, String value, String effect) {

    /** Whether it keeps pods away that do not tolerate it. */
    public boolean forbids() {
        return effect.equals("NoSchedule") || effect.equals("NoExecute");
    }
}
