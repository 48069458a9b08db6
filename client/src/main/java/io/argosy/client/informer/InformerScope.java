package io.argosy.client.informer;

import java.time.Duration;

/**
 * Which part of a resource an informer holds.
 *
 * @param namespace empty for all
 * @param resync how often handlers hear of every object again; zero for never
 */
public record InformerScope(String namespace, String labelSelector, String fieldSelector, Duration resync) {

    public static final InformerScope ALL = new InformerScope("", "", "", Duration.ZERO);

    /** Whether it is everything. */
    boolean isWhole() {
        return namespace.isEmpty() && labelSelector.isEmpty() && fieldSelector.isEmpty();
    }

    public static InformerScope in(String namespace) {
        return new InformerScope(namespace, "", "", Duration.ZERO);
    }

    public static InformerScope fields(String selector) {
        return new InformerScope("", "", selector, Duration.ZERO);
    }

    public InformerScope withFields(String selector) {
        return new InformerScope(namespace, labelSelector, selector, resync);
    }

    public InformerScope withLabels(String selector) {
        return new InformerScope(namespace, selector, fieldSelector, resync);
    }

    public InformerScope withResync(Duration period) {
        return new InformerScope(namespace, labelSelector, fieldSelector, period);
    }
}
