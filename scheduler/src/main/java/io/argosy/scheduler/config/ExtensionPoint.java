package io.argosy.scheduler.config;

import java.util.Arrays;
import java.util.Optional;

/** The places where plugins take part, by the names of the configuration. */
public enum ExtensionPoint {
    PRE_ENQUEUE("preEnqueue"),
    QUEUE_SORT("queueSort"),
    PRE_FILTER("preFilter"),
    FILTER("filter"),
    POST_FILTER("postFilter"),
    PRE_SCORE("preScore"),
    SCORE("score"),
    RESERVE("reserve"),
    PERMIT("permit"),
    PRE_BIND("preBind"),
    BIND("bind"),
    POST_BIND("postBind"),
    MULTI_POINT("multiPoint");

    private final String field;

    ExtensionPoint(String field) {
        this.field = field;
    }

    public String field() {
        return field;
    }

    static Optional<ExtensionPoint> of(String field) {
        return Arrays.stream(values())
                .filter(point -> point.field.equals(field))
                .findFirst();
    }
}
