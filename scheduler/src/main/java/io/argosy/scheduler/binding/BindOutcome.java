package io.argosy.scheduler.binding;

/** How a binding ended. */
public sealed interface BindOutcome {

    /** The pod is on the node. */
    record Bound() implements BindOutcome {}

    /** The pod is gone, or on a node that somebody else chose. */
    record Overtaken(String why) implements BindOutcome {}

    /** It was not bound; it can be tried again. */
    record Failed(String why) implements BindOutcome {}
}
