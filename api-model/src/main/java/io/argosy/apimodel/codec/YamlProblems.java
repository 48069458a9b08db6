package io.argosy.apimodel.codec;

import java.util.List;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** What is wrong with a YAML document, in the words that Kubernetes' parser has for it. */
final class YamlProblems {

    private static final List<Problem> KNOWN = List.of(
            new Problem("mapping values are not allowed here", "mapping values are not allowed in this context", false),
            new Problem("cannot start any token", "found character that cannot start any token", false),
            new Problem("unknown escape character", "found unknown escape character", false),
            new Problem("found unexpected end of stream", "found unexpected end of stream", false),
            new Problem("could not find expected ':'", "could not find expected ':'", true),
            new Problem("expected ',' or '}'", "did not find expected ',' or '}'", true),
            new Problem("expected ',' or ']'", "did not find expected ',' or ']'", true),
            new Problem("expected the node content", "did not find expected node content", true),
            new Problem("expected '<document start>'", "did not find expected <document start>", true),
            new Problem("expected <block end>", "did not find expected key", true));

    private record Problem(String ours, String theirs, boolean withLine) {}

    private YamlProblems() {}

    static String text(MarkedYamlEngineException e) {
        String problem = String.valueOf(e.getProblem());
        int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
        for (Problem known : KNOWN) {
            if (problem.contains(known.ours())) {
                return known.withLine() ? "line " + line + ": " + known.theirs() : known.theirs();
            }
        }
        return "line " + line + ": " + problem;
    }
}
