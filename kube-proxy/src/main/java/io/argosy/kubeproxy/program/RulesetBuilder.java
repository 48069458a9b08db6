package io.argosy.kubeproxy.program;

import java.util.List;
import java.util.TreeMap;

/** Collects what becomes a {@link Ruleset}. */
final class RulesetBuilder {

    private final String family;
    private final TreeMap<String, Ruleset.Container> containers = new TreeMap<>();
    private final TreeMap<String, Ruleset.Chain> chains = new TreeMap<>();
    private final TreeMap<String, java.util.NavigableMap<String, String>> elements = new TreeMap<>();

    RulesetBuilder(String family) {
        this.family = family;
    }

    RulesetBuilder set(String name, String body) {
        containers.put(name, new Ruleset.Container("set", body));
        return this;
    }

    RulesetBuilder map(String name, String body) {
        containers.put(name, new Ruleset.Container("map", body));
        return this;
    }

    RulesetBuilder baseChain(String name, String hook, String... rules) {
        chains.put(name, new Ruleset.Chain(hook, List.of(rules)));
        return this;
    }

    RulesetBuilder chain(String name, List<String> rules) {
        chains.put(name, new Ruleset.Chain("", rules));
        return this;
    }

    /** The first element with a key stays: two Services may claim one address and port, and then the older name wins. */
    RulesetBuilder element(String container, String key, String value) {
        elements.computeIfAbsent(container, _ -> new TreeMap<>()).putIfAbsent(key, value);
        return this;
    }

    Ruleset build() {
        return new Ruleset(family, containers, chains, elements);
    }
}
