package io.argosy.daemon.config;

import java.util.List;

/** A configuration that cannot be used; the message tells every fault, as upstream's aggregated errors do. */
public final class ConfigurationException extends Exception {

    private static final long serialVersionUID = 1;

    private final List<String> problems;

    public ConfigurationException(List<String> problems) {
        super(text(problems), null, false, false);
        this.problems = List.copyOf(problems);
    }

    public ConfigurationException(String problem) {
        this(List.of(problem));
    }

    public List<String> problems() {
        return problems;
    }

    private static String text(List<String> problems) {
        List<String> distinct = problems.stream().distinct().toList();
        return distinct.size() == 1 ? distinct.getFirst() : "[" + String.join(", ", distinct) + "]";
    }
}
