package io.argosy.kubeproxy.program;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A table as a value.
 *
 * @param family {@code ip} or {@code ip6}
 * @param containers sets and maps: name to declaration ({@code map x {...}} without the table)
 * @param chains name to the chain
 * @param elements container to its elements: key to what it maps to, empty in sets
 */
public record Ruleset(
        String family,
        NavigableMap<String, Container> containers,
        NavigableMap<String, Chain> chains,
        NavigableMap<String, NavigableMap<String, String>> elements) {

    /** The table's name, as upstream's: tools look for it. */
    public static final String TABLE = "kube-proxy";

    /** A set or a map: {@code set} or {@code map}, and what stands in its braces. */
    public record Container(String kind, String body) {}

    /** @param hook what makes it a base chain ({@code type nat hook ...}), or empty */
    public record Chain(String hook, List<String> rules) {
        public Chain {
            rules = List.copyOf(rules);
        }
    }

    /** A table without anything in it. */
    public static Ruleset empty(String family) {
        return new Ruleset(family, new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    }

    Map<String, String> elementsOf(String container) {
        NavigableMap<String, String> present = elements.get(container);
        return present == null ? Map.of() : present;
    }
}
